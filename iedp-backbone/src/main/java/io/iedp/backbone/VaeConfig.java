package io.iedp.backbone;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.List;

/**
 * Sizes of an AutoencoderKL.
 *
 * @param channels of each level, fine to coarse
 * @param layers residual blocks a level in the encoder
 * @param latentChannels channels of the latents
 * @param groups groups of the normalizations
 */
record VaeConfig(List<Integer> channels, int layers, int latentChannels, int groups) {
    VaeConfig {
        channels = List.copyOf(channels);
        for (int width : channels) {
            if (width % groups != 0) {
                throw new IllegalArgumentException(
                        "The VAE's channels must be multiples of its %d groups, but one level has %d"
                                .formatted(groups, width));
            }
        }
    }

    /** Pixels of the picture along an edge of one latent. */
    int stride() {
        return 1 << (channels.size() - 1);
    }

    /** Reads diffusers' {@code config.json}. */
    static VaeConfig parse(JsonObject json) {
        return new VaeConfig(
                json.getAsJsonArray("block_out_channels").asList().stream()
                        .map(JsonElement::getAsInt)
                        .toList(),
                json.get("layers_per_block").getAsInt(),
                json.get("latent_channels").getAsInt(),
                json.get("norm_num_groups").getAsInt());
    }
}
