package io.iedp.backbone;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.iedp.nn.ConfigFile;
import java.util.List;

/**
 * Sizes of an AutoencoderKL.
 *
 * @param channels of each level, fine to coarse
 * @param layers residual blocks a level in the encoder; the decoder has one more
 * @param latentChannels channels of the latents
 * @param groups groups of the normalizations
 * @param latentScale factor of the latents that a diffusion model was trained on
 */
public record VaeConfig(List<Integer> channels, int layers, int latentChannels, int groups, double latentScale) {
    /** The factor that Stable Diffusion was trained with. */
    static final double STABLE_DIFFUSION_SCALE = 0.18215;

    public VaeConfig {
        channels = List.copyOf(channels);
        Sizes.LEVELS.require("The VAE's levels", channels.size());
        Sizes.LAYERS.require("The VAE's layers of a level", layers);
        Sizes.CHANNELS.require("The VAE's channels of latents", latentChannels);
        Sizes.GROUPS.require("The VAE's groups", groups);
        for (int width : channels) {
            Sizes.CHANNELS.require("The VAE's channels", width);
            if (width % groups != 0) {
                throw new IllegalArgumentException(
                        "The VAE's channels must be multiples of its %s groups, but one level has %s"
                                .formatted(groups, width));
            }
        }
    }

    int levels() {
        return channels.size();
    }

    /** Channels of the coarsest level. */
    int widest() {
        return channels.get(levels() - 1);
    }

    /** Pixels of the picture along an edge of one latent. */
    public int stride() {
        return 1 << (levels() - 1);
    }

    /** The same for latents of another scale. */
    public VaeConfig withLatentScale(double scale) {
        return new VaeConfig(channels, layers, latentChannels, groups, scale);
    }

    /** Diffusers' {@code config.json}, which {@link #parse} reads as an equal. */
    public JsonObject json() {
        JsonArray down = new JsonArray();
        JsonArray up = new JsonArray();
        for (int level = 0; level < levels(); level++) {
            down.add("DownEncoderBlock2D");
            up.add("UpDecoderBlock2D");
        }
        JsonObject json = new JsonObject();
        json.addProperty("_class_name", "AutoencoderKL");
        json.addProperty("act_fn", "silu");
        json.add("block_out_channels", UnetConfig.numbers(channels));
        json.add("down_block_types", down);
        json.addProperty("in_channels", 3);
        json.addProperty("latent_channels", latentChannels);
        json.addProperty("layers_per_block", layers);
        json.addProperty("norm_num_groups", groups);
        json.addProperty("out_channels", 3);
        json.addProperty("scaling_factor", latentScale);
        json.add("up_block_types", up);
        return json;
    }

    /**
     * Reads diffusers' {@code config.json}.
     *
     * @throws io.iedp.api.UserException if something is missing, does not fit, or is not implemented
     */
    public static VaeConfig parse(ConfigFile file) {
        file.expect("down_block_types", "DownEncoderBlock2D");
        file.expect("up_block_types", "UpDecoderBlock2D");
        file.expect("act_fn", "silu", "swish");
        file.expect("in_channels", 3);
        file.expect("out_channels", 3);
        file.expect("shift_factor");
        for (String key : List.of("mid_block_add_attention", "use_quant_conv", "use_post_quant_conv")) {
            file.expect(key, true);
        }
        return file.make(() -> new VaeConfig(
                file.sizes("block_out_channels", Sizes.CHANNELS.most()),
                file.size("layers_per_block", Sizes.LAYERS.most(), 1),
                file.size("latent_channels", Sizes.CHANNELS.most(), 4),
                file.size("norm_num_groups", Sizes.GROUPS.most(), 32),
                file.positive("scaling_factor", 1e6, STABLE_DIFFUSION_SCALE)));
    }
}
