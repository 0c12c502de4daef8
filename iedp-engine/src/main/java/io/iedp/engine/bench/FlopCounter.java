package io.iedp.engine.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.iedp.api.nn.Kernels;
import io.iedp.nn.ForwardingKernels;

/**
 * Kernels that count the floating-point operations of products, as PyTorch's {@code FlopCounterMode} does: a multiplication
 * and an addition are two. These are linear layers, convolutions, transposed ones with what is cut off of them, and both
 * products of attention, in full where it is causal. Biases, norms, activations, softmax, pooling, resizing and losses count
 * nothing, nor does what is computed without kernels.
 */
final class FlopCounter extends ForwardingKernels {
    private long count;

    FlopCounter(Kernels kernels) {
        super(kernels);
    }

    /** The operations since the last {@link #take}. */
    long count() {
        return count;
    }

    /** The operations since the last call. */
    long take() {
        long taken = count;
        count = 0;
        return taken;
    }

    @Override
    public NDArray linear(NDArray x, NDArray weight, NDArray bias) {
        return linear(super.linear(x, weight, bias), weight.getShape());
    }

    @Override
    public NDArray linear(NDArray x, NDArray weight) {
        return linear(super.linear(x, weight), weight.getShape());
    }

    /** Each value is a sum over the inputs. */
    private NDArray linear(NDArray result, Shape weight) {
        count += 2 * result.size() * weight.get(1);
        return result;
    }

    @Override
    public NDArray conv2d(NDArray x, NDArray weight, NDArray bias, int stride, int padding) {
        return convolution(super.conv2d(x, weight, bias, stride, padding), weight.getShape());
    }

    @Override
    public NDArray conv2d(NDArray x, NDArray weight, int stride, int padding) {
        return convolution(super.conv2d(x, weight, stride, padding), weight.getShape());
    }

    /** Each value is a sum over the inputs and the cells of the kernel. */
    private NDArray convolution(NDArray result, Shape weight) {
        count += 2 * result.size() * weight.size() / weight.get(0);
        return result;
    }

    /** Each value of the argument goes to the outputs at all cells of the kernel. */
    @Override
    public NDArray transposedConv2d(NDArray x, NDArray weight, int stride, int padding, int height, int width) {
        Shape shape = weight.getShape();
        count += 2 * x.size() * shape.size() / shape.get(0);
        return super.transposedConv2d(x, weight, stride, padding, height, width);
    }

    @Override
    public NDArray attention(NDArray query, NDArray key, NDArray value, boolean causal) {
        count += scores(query, key) + mixtures(query, value);
        return super.attention(query, key, value, causal);
    }

    @Override
    public NDArray attention(NDArray query, NDArray key, NDArray value, NDArray shift) {
        count += scores(query, key) + mixtures(query, value);
        return super.attention(query, key, value, shift);
    }

    @Override
    public NDArray attentionWeights(NDArray query, NDArray key) {
        count += scores(query, key);
        return super.attentionWeights(query, key);
    }

    /** Each query (B, heads, N, D) times each key (B, heads, M, D). */
    private static long scores(NDArray query, NDArray key) {
        return 2 * query.size() * key.getShape().get(2);
    }

    /** A sum over the values (B, heads, M, D) for each of N queries. */
    private static long mixtures(NDArray query, NDArray value) {
        return 2 * value.size() * query.getShape().get(2);
    }
}
