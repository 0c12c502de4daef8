package io.iedp.conditioning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.initializer.ConstantInitializer;
import io.iedp.api.guidance.GuidanceContext;
import io.iedp.api.nn.Kernels;
import io.iedp.nn.Layers;
import io.iedp.nn.Linear;
import java.util.Optional;

/**
 * VPD's text adapter (Zhao et al., 2023, section 3.3): {@code texts + gamma * mlp(texts)}, where gamma, one number a
 * channel, starts so small that the texts start as they were.
 */
public record TextAdapter(Kernels kernels, Linear widen, Linear narrow, NDArray gamma) {
    private static final float GAMMA = 1e-4f;

    /** A new one, with the names that VPD has: {@code text_adapter.fc.0}, {@code text_adapter.fc.2} and {@code gamma}. */
    public static TextAdapter of(Layers layers, int width) {
        NDArray gamma = layers.parameter("gamma", new Shape(width), new ConstantInitializer(GAMMA));
        return of(layers.at("text_adapter"), width, width, gamma);
    }

    /** One in a branch, if it is wanted. */
    static Optional<TextAdapter> wanted(boolean wanted, GuidanceContext context) {
        return wanted
                ? Optional.of(of(new Layers(context.weights(), context.kernels()), context.contextWidth()))
                : Optional.empty();
    }

    /**
     * @param hidden width between the two layers
     * @param gamma (width)
     */
    public static TextAdapter of(Layers layers, int width, int hidden, NDArray gamma) {
        return new TextAdapter(
                layers.kernels(), layers.linear("fc.0", width, hidden), layers.linear("fc.2", hidden, width), gamma);
    }

    /**
     * @param texts (..., width)
     * @return the same shape
     */
    public NDArray apply(NDArray texts) {
        return texts.add(narrow.apply(kernels.gelu(widen.apply(texts))).mul(gamma));
    }
}
