package io.iedp.backbone;

import io.iedp.nn.testing.Plain;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;

/** UNet2DConditionModel written out in double precision for one sample, with conventions that can be got wrong. */
record PlainUnet(UnetConfig config, Map<String, Plain> weights, Conventions conventions) {
    /**
     * What no shape tells.
     *
     * @param norm epsilon of the residual blocks' and the output's group norms
     * @param transformerNorm epsilon of the transformers' group norms
     * @param layerNorm epsilon of the layer norms
     * @param gelu of the feed-forward gates
     * @param valueFirst whether the value comes before the gate
     * @param cosineFirst whether cosines come before sines
     * @param shift of the frequencies
     */
    record Conventions(
            double norm,
            double transformerNorm,
            double layerNorm,
            DoubleUnaryOperator gelu,
            boolean valueFirst,
            boolean cosineFirst,
            double shift) {
        static final Conventions RIGHT = new Conventions(1e-5, 1e-6, 1e-5, Plain::gelu, true, true, 0);
    }

    /** The predicted noise of (C, h, w). */
    Plain predict(Plain latents, double timestep, Plain context) {
        Plain time = linear("time_embedding.linear_1", waves(timestep));
        Plain embedding = linear("time_embedding.linear_2", time.map(Plain::silu));
        Deque<Plain> skips = new ArrayDeque<>();
        Plain x = convolution("conv_in", latents, 1);
        skips.push(x);
        int levels = config.levels();
        for (int level = 0; level < levels; level++) {
            String block = "down_blocks.%s.".formatted(level);
            for (int i = 0; i < config.layers(); i++) {
                x = layer(block, level, i, x, embedding, context);
                skips.push(x);
            }
            if (level < levels - 1) {
                x = convolution(block + "downsamplers.0.conv", x, 2);
                skips.push(x);
            }
        }
        x = resnet("mid_block.resnets.0.", x, embedding);
        x = transformer("mid_block.attentions.0.", x, context, config.heads().get(levels - 1));
        x = resnet("mid_block.resnets.1.", x, embedding);
        for (int level = levels - 1; level >= 0; level--) {
            String block = "up_blocks.%s.".formatted(levels - 1 - level);
            for (int i = 0; i <= config.layers(); i++) {
                x = layer(block, level, i, x.concat(skips.pop()), embedding, context);
            }
            if (level > 0) {
                x = convolution(block + "upsamplers.0.conv", x.doubled(), 1);
            }
        }
        return convolution(
                "conv_out", groupNorm("conv_norm_out", x, conventions.norm()).map(Plain::silu), 1);
    }

    private Plain waves(double timestep) {
        int half = config.channels().get(0) / 2;
        double[] waves = new double[2 * half];
        for (int i = 0; i < half; i++) {
            double angle = timestep * Math.pow(10_000, -i / (half - conventions.shift()));
            waves[conventions.cosineFirst() ? i : half + i] = Math.cos(angle);
            waves[conventions.cosineFirst() ? half + i : i] = Math.sin(angle);
        }
        return new Plain(waves, 1, 2 * half);
    }

    private Plain layer(String block, int level, int i, Plain x, Plain embedding, Plain context) {
        Plain hidden = resnet("%sresnets.%s.".formatted(block, i), x, embedding);
        return config.attention().get(level)
                ? transformer(
                        "%sattentions.%s.".formatted(block, i),
                        hidden,
                        context,
                        config.heads().get(level))
                : hidden;
    }

    private Plain resnet(String name, Plain x, Plain embedding) {
        Plain hidden = convolution(
                name + "conv1", groupNorm(name + "norm1", x, conventions.norm()).map(Plain::silu), 1);
        hidden = hidden.addToChannels(linear(name + "time_emb_proj", embedding.map(Plain::silu)));
        hidden = convolution(
                name + "conv2",
                groupNorm(name + "norm2", hidden, conventions.norm()).map(Plain::silu),
                1);
        boolean same = !weights.containsKey(name + "conv_shortcut.weight");
        return hidden.add(
                same
                        ? x
                        : x.convolution(
                                weight(name + "conv_shortcut.weight"), weight(name + "conv_shortcut.bias"), 1, 0, 0));
    }

    private Plain transformer(String name, Plain x, Plain context, int heads) {
        int channels = x.shape()[0];
        Plain normed = groupNorm(name + "norm", x, conventions.transformerNorm());
        Plain cells = project(
                name + "proj_in",
                normed.reshape(channels, x.shape()[1] * x.shape()[2]).transpose());
        String block = name + "transformer_blocks.0.";
        Plain own = layerNorm(block + "norm1", cells);
        cells = cells.add(attend(block + "attn1.", own, own, heads));
        cells = cells.add(attend(block + "attn2.", layerNorm(block + "norm2", cells), context, heads));
        Plain wide = linear(block + "ff.net.0.proj", layerNorm(block + "norm3", cells))
                .transpose();
        int half = wide.shape()[0] / 2;
        Plain value = wide.rows(conventions.valueFirst() ? 0 : half, conventions.valueFirst() ? half : 2 * half);
        Plain gate = wide.rows(conventions.valueFirst() ? half : 0, conventions.valueFirst() ? 2 * half : half)
                .map(conventions.gelu());
        double[] gated = new double[gate.values().length];
        for (int i = 0; i < gated.length; i++) {
            gated[i] = value.values()[i] * gate.values()[i];
        }
        cells = cells.add(linear(block + "ff.net.2", new Plain(gated, gate.shape()).transpose()));
        return project(name + "proj_out", cells).transpose().reshape(x.shape()).add(x);
    }

    private Plain attend(String name, Plain x, Plain context, int heads) {
        Plain query = x.linear(weight(name + "to_q.weight"), null);
        Plain key = context.linear(weight(name + "to_k.weight"), null);
        Plain value = context.linear(weight(name + "to_v.weight"), null);
        return linear(name + "to_out.0", query.attention(key, value, heads, false));
    }

    /** A linear layer, or a 1 x 1 convolution of the cells. */
    private Plain project(String name, Plain cells) {
        Plain weight = weight(name + ".weight");
        return cells.linear(weight.reshape(weight.shape()[0], weight.shape()[1]), weight(name + ".bias"));
    }

    private Plain linear(String name, Plain x) {
        return x.linear(weight(name + ".weight"), weight(name + ".bias"));
    }

    private Plain convolution(String name, Plain x, int stride) {
        return x.convolution(weight(name + ".weight"), weight(name + ".bias"), stride, 1, 1);
    }

    private Plain groupNorm(String name, Plain x, double epsilon) {
        return x.groupNorm(config.groups(), weight(name + ".weight"), weight(name + ".bias"), epsilon);
    }

    private Plain layerNorm(String name, Plain x) {
        return x.layerNorm(weight(name + ".weight"), weight(name + ".bias"), conventions.layerNorm());
    }

    private Plain weight(String name) {
        return weights.get(name);
    }
}
