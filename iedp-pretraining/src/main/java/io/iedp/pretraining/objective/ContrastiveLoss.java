package io.iedp.pretraining.objective;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.iedp.nn.Scopes;

/** How well the embeddings of pictures and their texts find each other in a batch. */
public enum ContrastiveLoss {
    /**
     * CLIP's (Radford et al., 2021): the cross-entropy of the right text of each picture and of the right picture of each
     * text, halved. Several right ones share the probability; what has no right one does not count.
     */
    SOFTMAX {
        @Override
        public NDArray of(NDArray logits, NDArray positives) {
            return Scopes.keep(() -> {
                NDArray texts = positives.div(positives.sum(new int[] {1}, true).maximum(1));
                NDArray images =
                        positives.div(positives.sum(new int[] {0}, true).maximum(1));
                return logits.logSoftmax(1)
                        .mul(texts)
                        .div(logits.getShape().get(0))
                        .add(logits.logSoftmax(0)
                                .mul(images)
                                .div(logits.getShape().get(1)))
                        .sum()
                        .mul(-0.5f);
            });
        }
    },

    /** SigLIP's (Zhai et al., 2023): each pair by itself is right or wrong; the sum over a row, the mean over rows. */
    SIGMOID {
        @Override
        public NDArray of(NDArray logits, NDArray positives) {
            return Scopes.keep(() -> {
                NDArray signed = logits.mul(positives.mul(2).sub(1));
                // -log sigmoid(x) = max(-x, 0) + log(1 + exp(-|x|)), and max(-x, 0) = (|x| - x) / 2.
                NDArray size = signed.abs();
                NDArray each =
                        size.sub(signed).div(2).add(size.neg().exp().add(1).log());
                return each.sum().div(logits.getShape().get(0));
            });
        }
    };

    private static final float LEAST_LENGTH = 1e-12f;

    /**
     * @param logits (B, T) of pictures and texts
     * @param positives (B, T), 1 where they belong together and 0 elsewhere
     * @return a scalar
     */
    public abstract NDArray of(NDArray logits, NDArray positives);

    /** Vectors of length 1 of the same directions. */
    public static NDArray normalized(NDArray vectors) {
        return Scopes.keep(() ->
                vectors.div(vectors.square().sum(new int[] {-1}, true).sqrt().maximum(LEAST_LENGTH)));
    }

    /**
     * How alike pictures and texts are.
     *
     * @param images (B, D), normalized
     * @param texts (T, D), likewise
     * @param logScale the logarithm of a factor, a scalar
     * @return (B, T)
     */
    public static NDArray logits(NDArray images, NDArray texts, NDArray logScale) {
        return Scopes.keep(() -> images.matMul(texts.transpose()).mul(logScale.exp()));
    }

    /**
     * Which of a batch belong together: those of the same key.
     *
     * @param keys one of each pair
     * @return (B, B)
     */
    public static NDArray positives(NDArray like, Object... keys) {
        int size = keys.length;
        float[] same = new float[size * size];
        for (int i = 0; i < same.length; i++) {
            same[i] = keys[i / size].equals(keys[i % size]) ? 1 : 0;
        }
        return like.getManager().create(same, new Shape(size, size)).toType(DataType.FLOAT32, false);
    }
}
