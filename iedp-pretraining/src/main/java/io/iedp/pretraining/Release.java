package io.iedp.pretraining;

/** The releases of diffusers that samplers can follow, where they differ. */
public enum Release {
    /**
     * DPM++ and UniPC go by timesteps: their last step goes to timestep 0, and Karras' noise levels become timesteps first. Only
     * DDIM knows schedules that end without signal.
     */
    V0_20,

    /** DPM++ and UniPC go by noise levels, the last of which is 0 unless the file says otherwise. */
    V0_40
}
