package io.iedp.nn;

import ai.djl.ndarray.NDArray;
import io.iedp.api.nn.Kernels;

/** Batch normalization of (B, C, H, W) over all axes but C. */
public record BatchNorm(Kernels kernels, NDArray weight, NDArray bias, NDArray mean, NDArray variance) {
    private static final double MOMENTUM = 0.1;
    private static final double EPSILON = 1e-5;

    /**
     * @param training whether the batch's own statistics are used, and added to the running ones
     */
    public NDArray apply(NDArray x, boolean training) {
        return kernels.batchNorm(x, weight, bias, mean, variance, training, MOMENTUM, EPSILON);
    }
}
