package io.iedp.backbone;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Collections;
import java.util.List;

/**
 * Sizes of a UNet2DConditionModel.
 *
 * @param channels of each level, fine to coarse
 * @param attention whether a level has transformers
 * @param heads attention heads of each level
 * @param layers residual blocks a level on the way down; there is one more on the way up
 * @param contextWidth width of the guidance embeddings
 * @param groups groups of the normalizations
 * @param inChannels channels of the latents
 * @param linearProjection whether transformers project by linear layers, as in Stable Diffusion 2
 */
record UnetConfig(
        List<Integer> channels,
        List<Boolean> attention,
        List<Integer> heads,
        int layers,
        int contextWidth,
        int groups,
        int inChannels,
        boolean linearProjection) {
    UnetConfig {
        channels = List.copyOf(channels);
        attention = List.copyOf(attention);
        heads = List.copyOf(heads);
        if (channels.isEmpty() || attention.size() != channels.size() || heads.size() != channels.size()) {
            throw new IllegalArgumentException(
                    "A UNet of channels %s needs as many entries in attention %s and heads %s"
                            .formatted(channels, attention, heads));
        }
        for (int level = 0; level < channels.size(); level++) {
            int width = channels.get(level);
            if (width % groups != 0) {
                throw new IllegalArgumentException(
                        "The UNet's channels must be multiples of its %d groups, but level %d has %d"
                                .formatted(groups, level, width));
            }
            if (width % heads.get(level) != 0) {
                throw new IllegalArgumentException(
                        "The UNet's channels must be multiples of its heads, but level %d has %d channels and %d heads"
                                .formatted(level, width, heads.get(level)));
            }
        }
    }

    int levels() {
        return channels.size();
    }

    int timeWidth() {
        return 4 * channels.get(0);
    }

    /** Reads diffusers' {@code config.json}. There, {@code attention_head_dim} means the number of heads. */
    static UnetConfig parse(JsonObject json) {
        List<Integer> channels = integers(json.get("block_out_channels"), 1);
        JsonElement types = json.get("down_block_types");
        List<Boolean> attention = types.getAsJsonArray().asList().stream()
                .map(type -> type.getAsString().startsWith("CrossAttn"))
                .toList();
        return new UnetConfig(
                channels,
                attention,
                integers(json.get("attention_head_dim"), channels.size()),
                json.get("layers_per_block").getAsInt(),
                json.get("cross_attention_dim").getAsInt(),
                json.get("norm_num_groups").getAsInt(),
                json.get("in_channels").getAsInt(),
                json.has("use_linear_projection")
                        && json.get("use_linear_projection").getAsBoolean());
    }

    private static List<Integer> integers(JsonElement json, int repeat) {
        if (json instanceof JsonArray array) {
            return array.asList().stream().map(JsonElement::getAsInt).toList();
        }
        return Collections.nCopies(repeat, json.getAsInt());
    }
}
