package io.iedp.nn;

import ai.djl.ndarray.NDArray;
import io.iedp.api.nn.Kernels;

/** Layer normalization of the last axis. */
public record LayerNorm(Kernels kernels, NDArray weight, NDArray bias, double epsilon) {
    public NDArray apply(NDArray x) {
        return kernels.layerNorm(x, weight, bias, epsilon);
    }
}
