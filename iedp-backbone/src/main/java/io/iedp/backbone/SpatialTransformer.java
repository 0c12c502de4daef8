package io.iedp.backbone;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.iedp.nn.Conv2d;
import io.iedp.nn.GroupNorm;
import io.iedp.nn.Layers;
import io.iedp.nn.Linear;
import io.iedp.nn.Scopes;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A transformer block over the cells of a feature map. Stable Diffusion 1 projects in and out by 1 x 1
 * convolutions, Stable Diffusion 2 by linear layers.
 */
final class SpatialTransformer {
    private static final double EPSILON = 1e-6;

    private final GroupNorm norm;
    private final Optional<Conv2d> convIn;
    private final Optional<Conv2d> convOut;
    private final Optional<Linear> linearIn;
    private final Optional<Linear> linearOut;
    private final TransformerBlock block;

    SpatialTransformer(Layers layers, int channels, int heads, UnetConfig config) {
        norm = layers.groupNorm("norm", config.groups(), channels, EPSILON);
        boolean linear = config.linearProjection();
        convIn = linear ? Optional.empty() : Optional.of(layers.conv2d("proj_in", channels, channels, 1, 1, 0));
        linearIn = linear ? Optional.of(layers.linear("proj_in", channels, channels)) : Optional.empty();
        block = new TransformerBlock(layers.at("transformer_blocks.0"), channels, config.contextWidth(), heads);
        convOut = linear ? Optional.empty() : Optional.of(layers.conv2d("proj_out", channels, channels, 1, 1, 0));
        linearOut = linear ? Optional.of(layers.linear("proj_out", channels, channels)) : Optional.empty();
    }

    /**
     * @param x (B, C, H, W)
     * @param context (B, T, contextWidth)
     * @param weights takes the weights of the cross-attention, (B, heads, H * W, T), if wanted
     * @param depth (B, 1, 1, 1), the factor of the residual, if it has one
     */
    NDArray apply(NDArray x, NDArray context, Optional<Consumer<NDArray>> weights, Optional<NDArray> depth) {
        return Scopes.keep(() -> {
            Shape shape = x.getShape();
            NDArray normed = norm.apply(x);
            NDArray in = convIn.map(conv -> cells(conv.apply(normed)))
                    .orElseGet(() -> linearIn.orElseThrow().apply(cells(normed)));
            NDArray mixed = block.apply(in, context, weights);
            NDArray out = convOut.map(conv -> conv.apply(map(mixed, shape)))
                    .orElseGet(() -> map(linearOut.orElseThrow().apply(mixed), shape));
            return depth.map(out::mul).orElse(out).add(x);
        });
    }

    /** (B, C, H, W) to (B, H * W, C). */
    private static NDArray cells(NDArray x) {
        Shape shape = x.getShape();
        return x.reshape(shape.get(0), shape.get(1), -1).transpose(0, 2, 1);
    }

    /** (B, H * W, C) to (B, C, H, W). */
    private static NDArray map(NDArray x, Shape shape) {
        return x.transpose(0, 2, 1).reshape(shape);
    }
}
