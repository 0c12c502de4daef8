package io.iedp.api.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;

/**
 * The operations that {@link NDArray} lacks or does slowly, on the device at hand. All of them record
 * gradients when an argument requires one and gradients are being collected. Results belong to the
 * manager of the first argument and to the innermost {@link ai.djl.ndarray.NDScope}.
 *
 * <p>Linear layers and convolutions compute in the type of their weight: with a bfloat16 weight, the result is
 * bfloat16 whatever the argument was, and what follows stays so. Normalizations keep the type of their argument and
 * take their statistics in 32 bits. {@link #float32} ends such a stretch. An {@link NDArray} of bfloat16 has {@link
 * ai.djl.ndarray.types.DataType#UNKNOWN}; it can be added, reshaped and joined, but not read.
 */
public interface Kernels {
    /**
     * Affine map of the last axis.
     *
     * @param x (..., in)
     * @param weight (out, in)
     * @param bias (out)
     * @return (..., out)
     */
    NDArray linear(NDArray x, NDArray weight, NDArray bias);

    /** {@link #linear(NDArray, NDArray, NDArray)} without a bias. */
    NDArray linear(NDArray x, NDArray weight);

    /**
     * Two-dimensional convolution with zero padding.
     *
     * @param x (B, in, H, W)
     * @param weight (out, in, K, K)
     * @param bias (out)
     * @return (B, out, (H + 2 * padding - K) / stride + 1, likewise for W)
     */
    NDArray conv2d(NDArray x, NDArray weight, NDArray bias, int stride, int padding);

    /** {@link #conv2d(NDArray, NDArray, NDArray, int, int)} without a bias. */
    NDArray conv2d(NDArray x, NDArray weight, int stride, int padding);

    /**
     * Transposed convolution without a bias: each value adds itself times the kernel to the result, {@code stride} apart.
     *
     * @param x (B, in, H, W)
     * @param weight (in, out, K, K)
     * @param padding rows and columns that are cut off before the first
     * @param height of the result, for which {@link #conv2d} of this stride and padding would give H
     * @param width of the result, likewise
     * @return (B, out, height, width)
     */
    NDArray transposedConv2d(NDArray x, NDArray weight, int stride, int padding, int height, int width);

    /**
     * Group normalization (Wu and He, 2018).
     *
     * @param x (B, C, H, W)
     * @param weight (C)
     * @param bias (C)
     */
    NDArray groupNorm(NDArray x, int groups, NDArray weight, NDArray bias, double epsilon);

    /** {@link #groupNorm} followed by {@link #silu} in one pass. */
    NDArray groupNormSilu(NDArray x, int groups, NDArray weight, NDArray bias, double epsilon);

    /**
     * Layer normalization over the last axis.
     *
     * @param x (..., C)
     * @param weight (C)
     * @param bias (C)
     */
    NDArray layerNorm(NDArray x, NDArray weight, NDArray bias, double epsilon);

    /**
     * Batch normalization over (B, H, W).
     *
     * @param x (B, C, H, W)
     * @param weight (C)
     * @param bias (C)
     * @param mean (C), the running mean; changed in place when training
     * @param variance (C), the running variance; changed in place when training
     * @param training whether the statistics of the batch are used
     * @param momentum the share of the batch in the running statistics
     */
    NDArray batchNorm(
            NDArray x,
            NDArray weight,
            NDArray bias,
            NDArray mean,
            NDArray variance,
            boolean training,
            double momentum,
            double epsilon);

    /** {@code 1 / (1 + exp(-x))}, for each value. */
    default NDArray sigmoid(NDArray x) {
        return Activation.sigmoid(x);
    }

    /**
     * The binary cross-entropy of each value, which no logit makes infinite: {@code -t log(s) - (1 - t) log(1 - s)} for {@code s
     * = sigmoid(logit)}.
     *
     * @param logits of any shape
     * @param targets of the same shape, from 0 to 1
     * @return of the same shape; whoever wants a loss takes the mean of the values that count
     */
    default NDArray binaryCrossEntropy(NDArray logits, NDArray targets) {
        // log(1 + exp(x)) - t x, where the first is max(x, 0) + log(1 + exp(-|x|)).
        return logits.maximum(0)
                .sub(logits.mul(targets))
                .add(logits.abs().neg().exp().add(1).log());
    }

    /** {@code x * sigmoid(x)}. */
    NDArray silu(NDArray x);

    /** {@code x * Phi(x)}, the exact form. */
    NDArray gelu(NDArray x);

    /** {@code x * sigmoid(1.702 x)}, as the original CLIP has it. */
    NDArray quickGelu(NDArray x);

    /** Splits the last axis into value and gate: {@code value * gelu(gate)} (Shazeer, 2020). */
    NDArray geglu(NDArray x);

    /**
     * Attention: {@code softmax(q k^T / sqrt(D)) v}.
     *
     * @param query (B, heads, N, D)
     * @param key (B, heads, M, D)
     * @param value (B, heads, M, D)
     * @param causal whether position i sees only positions up to i
     * @return (B, heads, N, D)
     */
    NDArray attention(NDArray query, NDArray key, NDArray value, boolean causal);

    /**
     * {@link #attention(NDArray, NDArray, NDArray, boolean)} with scores that are shifted before the softmax.
     *
     * @param shift added to the scores, broadcast to (B, heads, N, M); a large negative one hides
     */
    NDArray attention(NDArray query, NDArray key, NDArray value, NDArray shift);

    /**
     * What attention weighs the values by: {@code softmax(q k^T / sqrt(D))}.
     *
     * @param query (B, heads, N, D)
     * @param key (B, heads, M, D)
     * @return (B, heads, N, M), of sum 1 over M
     */
    NDArray attentionWeights(NDArray query, NDArray key);

    /** Repeats each pixel of x (B, C, H, W) {@code scale} times along both axes. */
    default NDArray upsampleNearest(NDArray x, int scale) {
        Shape size = x.getShape();
        return resizeNearest(x, Math.toIntExact(scale * size.get(2)), Math.toIntExact(scale * size.get(3)));
    }

    /** Resize of x (B, C, H, W) in which row i takes row {@code floor(i * H / height)}; likewise for columns. */
    NDArray resizeNearest(NDArray x, int height, int width);

    /** Bilinear resize of x (B, C, H, W) with half-pixel centres and no antialiasing, as in {@code align_corners=False}. */
    default NDArray resizeBilinear(NDArray x, int height, int width) {
        return resizeBilinear(x, height, width, false);
    }

    /**
     * Bilinear resize of x (B, C, H, W) without antialiasing.
     *
     * @param alignCorners whether the corner pixels' centres stay where they are, rather than the picture's edges
     */
    NDArray resizeBilinear(NDArray x, int height, int width, boolean alignCorners);

    /**
     * Means over a grid of parts of x (B, C, H, W), which overlap where the grid does not divide it: row i of the grid
     * takes the rows from {@code floor(i * H / rows)} to {@code ceil((i + 1) * H / rows)}; likewise for columns.
     */
    NDArray averagePool(NDArray x, int rows, int columns);

    /** Bicubic resize of x (B, C, H, W) with antialiasing when it shrinks. */
    NDArray resizeBicubic(NDArray x, int height, int width);

    /**
     * Sum of the cross-entropies of the pixels that are not ignored, each times the weight of its class.
     *
     * @param logits (B, classes, H, W)
     * @param labels (B, H, W), class indices as floats
     * @param weights (classes)
     * @return a scalar
     */
    NDArray crossEntropy(NDArray logits, NDArray labels, NDArray weights, int ignoreIndex);

    /** Mean cross-entropy over the pixels that are not ignored, of all classes alike; 0 when all are. */
    default NDArray crossEntropy(NDArray logits, NDArray labels, int ignoreIndex) {
        NDArray weights = logits.getManager().ones(new Shape(logits.getShape().get(1)));
        NDArray counted = labels.neq(ignoreIndex).sum().maximum(1);
        return crossEntropy(logits, labels, weights, ignoreIndex).div(counted);
    }

    /**
     * Drops whole channels with the given probability and scales the others up.
     *
     * @param x (B, C, H, W)
     */
    NDArray dropoutChannels(NDArray x, double probability);

    /** The array in 32-bit floats, as components hand it on. */
    NDArray float32(NDArray x);
}
