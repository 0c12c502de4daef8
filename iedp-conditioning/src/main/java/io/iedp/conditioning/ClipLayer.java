package io.iedp.conditioning;

import ai.djl.ndarray.NDArray;
import io.iedp.api.nn.Kernels;
import io.iedp.nn.Attention;
import io.iedp.nn.LayerNorm;
import io.iedp.nn.Layers;
import io.iedp.nn.Linear;
import java.util.function.UnaryOperator;

/** One layer of CLIP's transformers (Radford et al., 2021): pre-norm attention and a two-layer perceptron. */
record ClipLayer(
        LayerNorm norm1,
        Linear query,
        Linear key,
        Linear value,
        Linear out,
        Attention attention,
        LayerNorm norm2,
        Linear widen,
        Linear narrow,
        UnaryOperator<NDArray> activation) {
    static ClipLayer of(Layers layers, ClipConfig config) {
        Kernels kernels = layers.kernels();
        int width = config.width();
        Layers attention = layers.at("self_attn");
        return new ClipLayer(
                layers.layerNorm("layer_norm1", width, config.epsilon()),
                attention.linear("q_proj", width, width),
                attention.linear("k_proj", width, width),
                attention.linear("v_proj", width, width),
                attention.linear("out_proj", width, width),
                new Attention(kernels, config.heads()),
                layers.layerNorm("layer_norm2", width, config.epsilon()),
                layers.linear("mlp.fc1", width, config.hidden()),
                layers.linear("mlp.fc2", config.hidden(), width),
                config.quickGelu() ? kernels::quickGelu : kernels::gelu);
    }

    /**
     * @param x (B, N, width)
     */
    NDArray apply(NDArray x, boolean causal) {
        NDArray normed = norm1.apply(x);
        return feed(x, attention.apply(query.apply(normed), key.apply(normed), value.apply(normed), causal));
    }

    /**
     * @param x (B, N, width)
     * @param shift of the scores before the softmax, broadcast to (B, heads, N, N)
     */
    NDArray apply(NDArray x, NDArray shift) {
        NDArray normed = norm1.apply(x);
        return feed(x, attention.apply(query.apply(normed), key.apply(normed), value.apply(normed), shift));
    }

    private NDArray feed(NDArray x, NDArray mixed) {
        NDArray attended = x.add(out.apply(mixed));
        return attended.add(narrow.apply(activation.apply(widen.apply(norm2.apply(attended)))));
    }
}
