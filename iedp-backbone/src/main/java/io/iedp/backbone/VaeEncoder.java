package io.iedp.backbone;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.iedp.nn.Attention;
import io.iedp.nn.Conv2d;
import io.iedp.nn.GroupNorm;
import io.iedp.nn.Layers;
import io.iedp.nn.Linear;
import io.iedp.nn.Scopes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The encoder half of Stable Diffusion's autoencoder, with the parameter names of diffusers' AutoencoderKL. */
final class VaeEncoder {
    private static final double EPSILON = 1e-6;

    private final Conv2d in;
    private final List<Level> levels = new ArrayList<>();
    private final ResnetBlock midFirst;
    private final MidAttention midAttention;
    private final ResnetBlock midSecond;
    private final GroupNorm normOut;
    private final Conv2d out;
    private final Conv2d quantize;
    private final int latentChannels;

    private record Level(List<ResnetBlock> blocks, Optional<Conv2d> downsample) {}

    /** Attention of a single head over the cells of the coarsest map. */
    private record MidAttention(
            GroupNorm norm, Linear query, Linear key, Linear value, Linear out, Attention attention) {
        static MidAttention of(Layers layers, int width, int groups) {
            return new MidAttention(
                    layers.groupNorm("group_norm", groups, width, EPSILON),
                    layers.linear("to_q", width, width),
                    layers.linear("to_k", width, width),
                    layers.linear("to_v", width, width),
                    layers.linear("to_out.0", width, width),
                    new Attention(layers.kernels(), 1));
        }

        NDArray apply(NDArray x) {
            return Scopes.keep(() -> {
                Shape shape = x.getShape();
                NDArray cells =
                        norm.apply(x).reshape(shape.get(0), shape.get(1), -1).transpose(0, 2, 1);
                NDArray mixed =
                        out.apply(attention.apply(query.apply(cells), key.apply(cells), value.apply(cells), false));
                return mixed.transpose(0, 2, 1).reshape(shape).add(x);
            });
        }
    }

    VaeEncoder(Layers root, VaeConfig config) {
        Layers layers = root.at("encoder");
        int groups = config.groups();
        int width = config.channels().get(0);
        latentChannels = config.latentChannels();
        in = layers.conv2d("conv_in", 3, width, 3, 1, 1);
        for (int level = 0; level < config.channels().size(); level++) {
            Layers own = layers.at("down_blocks." + level);
            int next = config.channels().get(level);
            List<ResnetBlock> blocks = new ArrayList<>();
            for (int i = 0; i < config.layers(); i++) {
                blocks.add(new ResnetBlock(own.at("resnets." + i), i == 0 ? width : next, next, 0, groups, EPSILON));
            }
            boolean last = level == config.channels().size() - 1;
            levels.add(new Level(
                    blocks,
                    last ? Optional.empty() : Optional.of(own.conv2d("downsamplers.0.conv", next, next, 3, 2, 0))));
            width = next;
        }
        midFirst = new ResnetBlock(layers.at("mid_block.resnets.0"), width, width, 0, groups, EPSILON);
        midAttention = MidAttention.of(layers.at("mid_block.attentions.0"), width, groups);
        midSecond = new ResnetBlock(layers.at("mid_block.resnets.1"), width, width, 0, groups, EPSILON);
        normOut = layers.groupNorm("conv_norm_out", groups, width, EPSILON);
        out = layers.conv2d("conv_out", width, 2 * latentChannels, 3, 1, 1);
        quantize = root.conv2d("quant_conv", 2 * latentChannels, 2 * latentChannels, 1, 1, 0);
    }

    /**
     * Mean and log-variance of the latents.
     *
     * @param pixels (B, 3, H, W) from -1 to 1
     * @return (B, 2 * latentChannels, H / stride, W / stride)
     */
    NDArray moments(NDArray pixels) {
        return Scopes.keep(() -> {
            NDArray x = in.apply(pixels);
            for (Level level : levels) {
                for (ResnetBlock block : level.blocks()) {
                    x = block.apply(x);
                }
                if (level.downsample().isPresent()) {
                    NDArray fine = x;
                    Conv2d downsample = level.downsample().get();
                    // The original pads right and bottom only.
                    x = Scopes.keep(() -> downsample.apply(fine.pad(new Shape(0, 1, 0, 1), 0)));
                }
            }
            x = midSecond.apply(midAttention.apply(midFirst.apply(x)));
            return quantize.apply(out.apply(normOut.applySilu(x)));
        });
    }

    /** The most probable latents: their mean. */
    NDArray mode(NDArray pixels) {
        return Scopes.keep(() -> moments(pixels).get(":, :%d".formatted(latentChannels)));
    }
}
