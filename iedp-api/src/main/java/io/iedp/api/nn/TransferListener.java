package io.iedp.api.nn;

import io.iedp.api.Experimental;

/** Hears how far a {@link WeightStore} is with what it brings; called from any thread. */
@Experimental
public interface TransferListener {
    /** Hears nothing. */
    TransferListener NONE = new TransferListener() {
        @Override
        public void say(String line) {}

        @Override
        public void advanced(String what, int done, int of) {}
    };

    /** A line for people. */
    void say(String line);

    /**
     * @param what is counted, as in {@code MiB of unet/model.safetensors}
     */
    void advanced(String what, int done, int of);
}
