package io.iedp.backbone;

import ai.djl.ndarray.NDArray;
import io.iedp.nn.Conv2d;
import io.iedp.nn.GroupNorm;
import io.iedp.nn.Layers;
import io.iedp.nn.Scopes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The decoder half of Stable Diffusion's autoencoder, with the parameter names of diffusers' AutoencoderKL. */
public final class VaeDecoder {
    private static final double EPSILON = VaeEncoder.EPSILON;

    private final Layers layers;
    private final Conv2d unquantize;
    private final Conv2d in;
    private final VaeMiddle middle;
    private final List<Level> levels = new ArrayList<>();
    private final GroupNorm normOut;
    private final Conv2d out;

    private record Level(List<ResnetBlock> blocks, Optional<Conv2d> upsample) {}

    public VaeDecoder(Layers root, VaeConfig config) {
        layers = root.at("decoder");
        int groups = config.groups();
        int width = config.widest();
        unquantize = root.conv2d("post_quant_conv", config.latentChannels(), config.latentChannels(), 1, 1, 0);
        in = layers.conv2d("conv_in", config.latentChannels(), width, 3, 1, 1);
        middle = new VaeMiddle(layers.at("mid_block"), width, groups, EPSILON);
        for (int level = config.levels() - 1; level >= 0; level--) {
            Layers own = layers.at("up_blocks." + (config.levels() - 1 - level));
            int next = config.channels().get(level);
            List<ResnetBlock> blocks = new ArrayList<>();
            for (int i = 0; i <= config.layers(); i++) {
                blocks.add(new ResnetBlock(own.at("resnets." + i), i == 0 ? width : next, next, 0, groups, EPSILON));
            }
            levels.add(new Level(
                    blocks,
                    level == 0 ? Optional.empty() : Optional.of(own.conv2d("upsamplers.0.conv", next, next, 3, 1, 1))));
            width = next;
        }
        normOut = layers.groupNorm("conv_norm_out", groups, width, EPSILON);
        out = layers.conv2d("conv_out", width, 3, 3, 1, 1);
    }

    /**
     * @param latents (B, latentChannels, h, w), unscaled
     * @return (B, 3, h * stride, w * stride) from about -1 to 1
     */
    public NDArray decode(NDArray latents) {
        return Scopes.keep(() -> {
            NDArray x = middle.apply(in.apply(unquantize.apply(latents)));
            for (Level level : levels) {
                for (ResnetBlock block : level.blocks()) {
                    x = block.apply(x);
                }
                if (level.upsample().isPresent()) {
                    NDArray coarse = x;
                    Conv2d upsample = level.upsample().get();
                    x = Scopes.keep(() -> upsample.apply(layers.kernels().upsampleNearest(coarse, 2)));
                }
            }
            return out.apply(normOut.applySilu(x));
        });
    }
}
