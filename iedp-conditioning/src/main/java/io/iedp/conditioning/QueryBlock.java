package io.iedp.conditioning;

import ai.djl.ndarray.NDArray;
import ai.djl.training.initializer.NormalInitializer;
import io.iedp.nn.Attention;
import io.iedp.nn.LayerNorm;
import io.iedp.nn.Layers;
import io.iedp.nn.Linear;

/**
 * The block on the learnable queries: self-attention, cross-attention to the visual features, feed-forward,
 * each with a norm before it and a residual around it (IEDP, section 3.2).
 */
final class QueryBlock {
    private static final double EPSILON = 1e-5;

    private final Layers layers;
    private final LayerNorm selfNorm;
    private final Attending self;
    private final LayerNorm crossNorm;
    private final LayerNorm featureNorm;
    private final Attending cross;
    private final LayerNorm feedNorm;
    private final Linear widen;
    private final Linear narrow;

    QueryBlock(Layers layers, int width, int heads, int widening) {
        this.layers = layers;
        selfNorm = layers.layerNorm("self_norm", width, EPSILON);
        self = Attending.of(layers.at("self_attention"), width, heads);
        crossNorm = layers.layerNorm("cross_norm", width, EPSILON);
        featureNorm = layers.layerNorm("feature_norm", width, EPSILON);
        cross = Attending.of(layers.at("cross_attention"), width, heads);
        feedNorm = layers.layerNorm("feed_norm", width, EPSILON);
        widen = layers.linear("feed.0", width, widening * width);
        narrow = layers.linear("feed.2", widening * width, width);
    }

    private record Attending(Linear query, Linear key, Linear value, Linear out, Attention attention) {
        static Attending of(Layers layers, int width, int heads) {
            return new Attending(
                    linear(layers, "query", width),
                    linear(layers, "key", width),
                    linear(layers, "value", width),
                    linear(layers, "out", width),
                    new Attention(layers.kernels(), heads));
        }

        private static Linear linear(Layers layers, String name, int width) {
            return layers.linear(name, width, width, new NormalInitializer((float) Math.sqrt(1.0 / width)), true);
        }

        NDArray apply(NDArray queries, NDArray seen) {
            return out.apply(attention.apply(query.apply(queries), key.apply(seen), value.apply(seen), false));
        }
    }

    /**
     * @param queries (B, T, width)
     * @param features (B, N, width)
     * @return (B, T, width)
     */
    NDArray apply(NDArray queries, NDArray features) {
        NDArray normed = selfNorm.apply(queries);
        NDArray mixed = queries.add(self.apply(normed, normed));
        NDArray informed = mixed.add(cross.apply(crossNorm.apply(mixed), featureNorm.apply(features)));
        return informed.add(narrow.apply(layers.kernels().gelu(widen.apply(feedNorm.apply(informed)))));
    }
}
