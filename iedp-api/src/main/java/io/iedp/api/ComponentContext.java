package io.iedp.api;

import io.iedp.api.nn.Kernels;
import io.iedp.api.nn.Weights;

/** What every component that computes on arrays gets from the host. */
public interface ComponentContext {
    /** The fast operations of the device at hand. */
    Kernels kernels();

    /** The component's own scope of parameters: whatever is created in it is trained, saved and restored. */
    Weights weights();

    /** The seed of the component's own random choices, derived from the seed of the run. */
    long seed();
}
