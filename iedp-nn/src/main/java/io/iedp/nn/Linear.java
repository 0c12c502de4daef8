package io.iedp.nn;

import ai.djl.ndarray.NDArray;
import io.iedp.api.nn.Kernels;
import java.util.Optional;

/** An affine map of the last axis. */
public record Linear(Kernels kernels, NDArray weight, Optional<NDArray> bias) {
    /**
     * @param x (..., in)
     * @return (..., out)
     */
    public NDArray apply(NDArray x) {
        return bias.isPresent() ? kernels.linear(x, weight, bias.get()) : kernels.linear(x, weight);
    }
}
