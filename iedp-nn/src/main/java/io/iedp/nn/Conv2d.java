package io.iedp.nn;

import ai.djl.ndarray.NDArray;
import io.iedp.api.nn.Kernels;
import java.util.Optional;

/** A two-dimensional convolution with zero padding. */
public record Conv2d(Kernels kernels, NDArray weight, Optional<NDArray> bias, int stride, int padding) {
    /**
     * @param x (B, in, H, W)
     * @return (B, out, (H + 2 padding - K) / stride + 1, likewise for W)
     */
    public NDArray apply(NDArray x) {
        return bias.isPresent()
                ? kernels.conv2d(x, weight, bias.get(), stride, padding)
                : kernels.conv2d(x, weight, stride, padding);
    }
}
