package io.iedp.pretraining;

/**
 * How the loss of a timestep is weighted by its signal-to-noise ratio (Hang et al., 2023, "Efficient Diffusion Training via
 * Min-SNR Weighting Strategy"), as diffusers' training scripts have it.
 */
public enum MinSnr {
    /** Of models that predict the noise: {@code min(snr, gamma) / snr}. */
    EPSILON {
        @Override
        public double weight(double snr, double gamma) {
            return Math.min(1, gamma / snr);
        }
    },

    /** Of models that predict the velocity: {@code min(snr, gamma) / (snr + 1)}. */
    VELOCITY {
        @Override
        public double weight(double snr, double gamma) {
            return Math.min(snr, gamma) / (snr + 1);
        }
    },

    /** The same in the scripts from 0.22 to 0.25: {@code min(snr + 1, gamma) / (snr + 1)}. */
    VELOCITY_BEFORE_0_26 {
        @Override
        public double weight(double snr, double gamma) {
            return Math.min(snr + 1, gamma) / (snr + 1);
        }
    };

    /**
     * @param snr the ratio, 0 or more
     * @param gamma from which on it no longer counts; 5 in the paper
     */
    public abstract double weight(double snr, double gamma);
}
