package io.iedp.nn;

import ai.djl.ndarray.NDArray;
import io.iedp.api.nn.Kernels;

/** Group normalization of (B, C, H, W). */
public record GroupNorm(Kernels kernels, int groups, NDArray weight, NDArray bias, double epsilon) {
    public NDArray apply(NDArray x) {
        return kernels.groupNorm(x, groups, weight, bias, epsilon);
    }

    /** Normalizes and applies SiLU. */
    public NDArray applySilu(NDArray x) {
        return kernels.groupNormSilu(x, groups, weight, bias, epsilon);
    }
}
