package io.iedp.api.optim;

import io.iedp.api.Experimental;

/** What an optimizer gets from the host. */
@Experimental
public interface OptimizerContext {
    /** For the arrays of this training, on its device. */
    OptimizerKernels kernels();
}
