package io.iedp.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.iedp.api.nn.Kernels;

/** Attention over heads that sit side by side in the last axis. */
public record Attention(Kernels kernels, int heads) {
    /**
     * @param query (B, N, heads * D)
     * @param key (B, M, heads * D)
     * @param value (B, M, heads * D)
     * @param causal whether position i sees only positions up to i
     * @return (B, N, heads * D)
     */
    public NDArray apply(NDArray query, NDArray key, NDArray value, boolean causal) {
        return join(kernels.attention(split(query), split(key), split(value), causal));
    }

    /**
     * {@link #apply(NDArray, NDArray, NDArray, boolean)} with scores that are shifted before the softmax.
     *
     * @param shift broadcast to (B, heads, N, M)
     */
    public NDArray apply(NDArray query, NDArray key, NDArray value, NDArray shift) {
        return join(kernels.attention(split(query), split(key), split(value), shift));
    }

    /** What each position of the query takes of each position of the key: (B, heads, N, M). */
    public NDArray weights(NDArray query, NDArray key) {
        return kernels.attentionWeights(split(query), split(key));
    }

    /** (B, N, heads * D) to (B, heads, N, D). */
    private NDArray split(NDArray x) {
        Shape shape = x.getShape();
        return x.reshape(shape.get(0), shape.get(1), heads, shape.get(2) / heads)
                .transpose(0, 2, 1, 3);
    }

    /** (B, heads, N, D) to (B, N, heads * D). */
    private static NDArray join(NDArray mixed) {
        Shape shape = mixed.getShape();
        return mixed.transpose(0, 2, 1, 3).reshape(shape.get(0), shape.get(2), shape.get(1) * shape.get(3));
    }
}
