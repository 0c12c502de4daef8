package io.iedp.backbone;

import ai.djl.ndarray.NDArray;
import io.iedp.nn.Attention;
import io.iedp.nn.Gradients;
import io.iedp.nn.LayerNorm;
import io.iedp.nn.Layers;
import io.iedp.nn.Linear;
import java.util.Optional;
import java.util.function.Consumer;

/** Self-attention, cross-attention to the guidance and a gated feed-forward, each around an identity. */
final class TransformerBlock {
    private static final double EPSILON = 1e-5;

    private final Layers layers;
    private final LayerNorm norm1;
    private final LayerNorm norm2;
    private final LayerNorm norm3;
    private final Attending self;
    private final Attending cross;
    private final Linear widen;
    private final Linear narrow;

    TransformerBlock(Layers layers, int width, int contextWidth, int heads) {
        this.layers = layers;
        norm1 = layers.layerNorm("norm1", width, EPSILON);
        self = Attending.of(layers.at("attn1"), width, width, heads);
        norm2 = layers.layerNorm("norm2", width, EPSILON);
        cross = Attending.of(layers.at("attn2"), width, contextWidth, heads);
        norm3 = layers.layerNorm("norm3", width, EPSILON);
        widen = layers.linear("ff.net.0.proj", width, 8 * width);
        narrow = layers.linear("ff.net.2", 4 * width, width);
    }

    /** Projections around an attention; queries come from x, keys and values from the context. */
    private record Attending(Linear query, Linear key, Linear value, Linear out, Attention attention) {
        static Attending of(Layers layers, int width, int contextWidth, int heads) {
            return new Attending(
                    layers.linearNoBias("to_q", width, width),
                    layers.linearNoBias("to_k", contextWidth, width),
                    layers.linearNoBias("to_v", contextWidth, width),
                    layers.linear("to_out.0", width, width),
                    new Attention(layers.kernels(), heads));
        }

        NDArray apply(NDArray x, NDArray context, Optional<Consumer<NDArray>> weights) {
            NDArray asking = query.apply(x);
            NDArray asked = key.apply(context);
            weights.ifPresent(wanted -> {
                try (Gradients.Recording off = Gradients.pause()) {
                    wanted.accept(attention.weights(asking, asked));
                }
            });
            return out.apply(attention.apply(asking, asked, value.apply(context), false));
        }
    }

    /**
     * @param x (B, N, width)
     * @param context (B, T, contextWidth)
     * @param weights takes the weights of the cross-attention, (B, heads, N, T), if wanted
     */
    NDArray apply(NDArray x, NDArray context, Optional<Consumer<NDArray>> weights) {
        NDArray normed = norm1.apply(x);
        NDArray attended = x.add(self.apply(normed, normed, Optional.empty()));
        NDArray guided = attended.add(cross.apply(norm2.apply(attended), context, weights));
        NDArray gated = layers.kernels().geglu(widen.apply(norm3.apply(guided)));
        return guided.add(narrow.apply(gated));
    }
}
