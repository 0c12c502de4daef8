package io.iedp.engine.model;

import io.iedp.api.nn.Kernels;
import io.iedp.api.nn.Weights;

/** Stands between the components of a model and what they compute with. */
@FunctionalInterface
public interface ModelWatch {
    /** The kernels that components get in the place of others. */
    Kernels kernels(Kernels kernels);

    /** The weights that components get in the place of others. */
    default Weights weights(Weights weights) {
        return weights;
    }
}
