package io.iedp.nn;

import ai.djl.ndarray.NDArray;
import io.iedp.api.nn.Kernels;

/**
 * Kernels that do what others do, but for what a subclass changes. The default methods of {@link Kernels} stay as they are:
 * they come to those that they are made of, which a subclass sees.
 */
public abstract class ForwardingKernels implements Kernels {
    private final Kernels kernels;

    /**
     * @param kernels what all calls go to
     */
    protected ForwardingKernels(Kernels kernels) {
        this.kernels = kernels;
    }

    @Override
    public NDArray linear(NDArray x, NDArray weight, NDArray bias) {
        return kernels.linear(x, weight, bias);
    }

    @Override
    public NDArray linear(NDArray x, NDArray weight) {
        return kernels.linear(x, weight);
    }

    @Override
    public NDArray conv2d(NDArray x, NDArray weight, NDArray bias, int stride, int padding) {
        return kernels.conv2d(x, weight, bias, stride, padding);
    }

    @Override
    public NDArray conv2d(NDArray x, NDArray weight, int stride, int padding) {
        return kernels.conv2d(x, weight, stride, padding);
    }

    @Override
    public NDArray transposedConv2d(NDArray x, NDArray weight, int stride, int padding, int height, int width) {
        return kernels.transposedConv2d(x, weight, stride, padding, height, width);
    }

    @Override
    public NDArray groupNorm(NDArray x, int groups, NDArray weight, NDArray bias, double epsilon) {
        return kernels.groupNorm(x, groups, weight, bias, epsilon);
    }

    @Override
    public NDArray groupNormSilu(NDArray x, int groups, NDArray weight, NDArray bias, double epsilon) {
        return kernels.groupNormSilu(x, groups, weight, bias, epsilon);
    }

    @Override
    public NDArray layerNorm(NDArray x, NDArray weight, NDArray bias, double epsilon) {
        return kernels.layerNorm(x, weight, bias, epsilon);
    }

    @Override
    public NDArray batchNorm(
            NDArray x,
            NDArray weight,
            NDArray bias,
            NDArray mean,
            NDArray variance,
            boolean training,
            double momentum,
            double epsilon) {
        return kernels.batchNorm(x, weight, bias, mean, variance, training, momentum, epsilon);
    }

    @Override
    public NDArray sigmoid(NDArray x) {
        return kernels.sigmoid(x);
    }

    @Override
    public NDArray binaryCrossEntropy(NDArray logits, NDArray targets) {
        return kernels.binaryCrossEntropy(logits, targets);
    }

    @Override
    public NDArray silu(NDArray x) {
        return kernels.silu(x);
    }

    @Override
    public NDArray gelu(NDArray x) {
        return kernels.gelu(x);
    }

    @Override
    public NDArray quickGelu(NDArray x) {
        return kernels.quickGelu(x);
    }

    @Override
    public NDArray geglu(NDArray x) {
        return kernels.geglu(x);
    }

    @Override
    public NDArray attention(NDArray query, NDArray key, NDArray value, boolean causal) {
        return kernels.attention(query, key, value, causal);
    }

    @Override
    public NDArray attention(NDArray query, NDArray key, NDArray value, NDArray shift) {
        return kernels.attention(query, key, value, shift);
    }

    @Override
    public NDArray attentionWeights(NDArray query, NDArray key) {
        return kernels.attentionWeights(query, key);
    }

    @Override
    public NDArray resizeNearest(NDArray x, int height, int width) {
        return kernels.resizeNearest(x, height, width);
    }

    @Override
    public NDArray resizeBilinear(NDArray x, int height, int width, boolean alignCorners) {
        return kernels.resizeBilinear(x, height, width, alignCorners);
    }

    @Override
    public NDArray averagePool(NDArray x, int rows, int columns) {
        return kernels.averagePool(x, rows, columns);
    }

    @Override
    public NDArray resizeBicubic(NDArray x, int height, int width) {
        return kernels.resizeBicubic(x, height, width);
    }

    @Override
    public NDArray crossEntropy(NDArray logits, NDArray labels, NDArray weights, int ignoreIndex) {
        return kernels.crossEntropy(logits, labels, weights, ignoreIndex);
    }

    @Override
    public NDArray dropoutChannels(NDArray x, double probability) {
        return kernels.dropoutChannels(x, probability);
    }

    @Override
    public NDArray float32(NDArray x) {
        return kernels.float32(x);
    }
}
