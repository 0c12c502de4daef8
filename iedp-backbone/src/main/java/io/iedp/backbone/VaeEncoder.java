package io.iedp.backbone;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.iedp.api.backbone.AttentionRequest.Part;
import io.iedp.nn.Conv2d;
import io.iedp.nn.GroupNorm;
import io.iedp.nn.Layers;
import io.iedp.nn.Scopes;
import io.iedp.nn.Slices;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The encoder half of Stable Diffusion's autoencoder, with the parameter names of diffusers' AutoencoderKL. */
public final class VaeEncoder {
    static final double EPSILON = 1e-6;

    private final Conv2d in;
    private final List<Level> levels = new ArrayList<>();
    private final VaeMiddle middle;
    private final GroupNorm normOut;
    private final Conv2d out;
    private final Conv2d quantize;
    private final int latentChannels;

    private record Level(List<ResnetBlock> blocks, Optional<Conv2d> downsample) {}

    public VaeEncoder(Layers root, VaeConfig config) {
        Layers layers = root.at("encoder");
        int groups = config.groups();
        int width = config.channels().get(0);
        latentChannels = config.latentChannels();
        in = layers.conv2d("conv_in", 3, width, 3, 1, 1);
        for (int level = 0; level < config.levels(); level++) {
            Layers own = layers.at("down_blocks." + level);
            int next = config.channels().get(level);
            List<ResnetBlock> blocks = new ArrayList<>();
            for (int i = 0; i < config.layers(); i++) {
                blocks.add(new ResnetBlock(own.at("resnets." + i), i == 0 ? width : next, next, 0, groups, EPSILON));
            }
            boolean last = level == config.levels() - 1;
            levels.add(new Level(
                    blocks,
                    last ? Optional.empty() : Optional.of(own.conv2d("downsamplers.0.conv", next, next, 3, 2, 0))));
            width = next;
        }
        middle = new VaeMiddle(layers.at("mid_block"), width, groups, EPSILON);
        normOut = layers.groupNorm("conv_norm_out", groups, width, EPSILON);
        out = layers.conv2d("conv_out", width, 2 * latentChannels, 3, 1, 1);
        quantize = root.conv2d("quant_conv", 2 * latentChannels, 2 * latentChannels, 1, 1, 0);
    }

    /**
     * Mean and log-variance of the latents.
     *
     * @param pixels (B, 3, H, W) from -1 to 1
     * @param trace takes the states after a level and after the middle, if wanted
     * @return (B, 2 * latentChannels, H / stride, W / stride)
     */
    public NDArray moments(NDArray pixels, Trace trace) {
        return Scopes.keep(() -> {
            NDArray x = in.apply(pixels);
            for (int i = 0; i < levels.size(); i++) {
                Level level = levels.get(i);
                for (ResnetBlock block : level.blocks()) {
                    x = block.apply(x);
                }
                if (level.downsample().isPresent()) {
                    NDArray fine = x;
                    Conv2d downsample = level.downsample().get();
                    // The original pads right and bottom only.
                    x = Scopes.keep(() -> downsample.apply(fine.pad(new Shape(0, 1, 0, 1), 0)));
                }
                trace.state(Trace.Place.end(Part.DOWN, i), x);
            }
            x = middle.apply(x);
            trace.state(Trace.Place.end(Part.MID, 0), x);
            return quantize.apply(out.apply(normOut.applySilu(x)));
        });
    }

    /** The most probable latents: their mean. */
    public NDArray mode(NDArray pixels) {
        return Scopes.keep(() -> Slices.channels(moments(pixels, Trace.none()), 0, latentChannels));
    }
}
