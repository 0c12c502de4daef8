package io.iedp.backbone;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.iedp.nn.ConfigFile;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Sizes and conventions of a UNet2DConditionModel.
 *
 * @param channels of each level, fine to coarse
 * @param attention whether a level has transformers
 * @param heads attention heads of each level
 * @param layers residual blocks a level on the way down; there is one more on the way up
 * @param contextWidth width of the guidance embeddings
 * @param groups groups of the normalizations
 * @param inChannels channels of the latents
 * @param outChannels channels of the prediction
 * @param linearProjection whether transformers project by linear layers, as in Stable Diffusion 2
 * @param epsilon of the residual blocks' normalizations
 * @param waves how a timestep becomes a vector
 */
public record UnetConfig(
        List<Integer> channels,
        List<Boolean> attention,
        List<Integer> heads,
        int layers,
        int contextWidth,
        int groups,
        int inChannels,
        int outChannels,
        boolean linearProjection,
        double epsilon,
        Waves waves) {
    private static final String ATTENDING = "CrossAttn";

    /**
     * How a timestep becomes a vector.
     *
     * @param cosineFirst whether cosines come before sines
     * @param shift taken from the number of frequencies when they are spaced
     */
    record Waves(boolean cosineFirst, double shift) {
        static final Waves STABLE_DIFFUSION = new Waves(true, 0);
    }

    public UnetConfig {
        channels = List.copyOf(channels);
        attention = List.copyOf(attention);
        heads = List.copyOf(heads);
        if (channels.isEmpty() || attention.size() != channels.size() || heads.size() != channels.size()) {
            throw new IllegalArgumentException(
                    "A UNet of channels %s needs as many entries in attention %s and heads %s"
                            .formatted(channels, attention, heads));
        }
        channels.forEach(each -> Sizes.CHANNELS.require("The UNet's channels", each));
        heads.forEach(each -> Sizes.HEADS.require("The UNet's heads", each));
        Sizes.LEVELS.require("The UNet's levels", channels.size());
        Sizes.LAYERS.require("The UNet's layers of a level", layers);
        Sizes.CHANNELS.require("The UNet's width of guidance", contextWidth);
        Sizes.GROUPS.require("The UNet's groups", groups);
        Sizes.CHANNELS.require("The UNet's channels of latents", inChannels);
        Sizes.CHANNELS.require("The UNet's channels of its prediction", outChannels);
        int frequencies = channels.get(0) / 2;
        if (waves.shift != 0 && waves.shift >= frequencies) {
            throw new IllegalArgumentException(
                    "The shift of the UNet's %s frequencies must be less than that, but is %s"
                            .formatted(frequencies, waves.shift));
        }
        for (int level = 0; level < channels.size(); level++) {
            int width = channels.get(level);
            if (width % groups != 0) {
                throw new IllegalArgumentException(
                        "The UNet's channels must be multiples of its %s groups, but level %s has %s"
                                .formatted(groups, level, width));
            }
            if (width % heads.get(level) != 0) {
                throw new IllegalArgumentException(
                        "The UNet's channels must be multiples of its heads, but level %s has %s channels and %s heads"
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

    /** Residual blocks of the whole way up. */
    public int upBlocks() {
        return levels() * (layers + 1);
    }

    /** The level in which a block of the way up begins. */
    int levelOfUpBlock(int block) {
        return levels() - 1 - block / (layers + 1);
    }

    /** Whether the state after a block of the way up has the resolution of the level above it. */
    boolean enlarges(int block) {
        return block % (layers + 1) == layers && levelOfUpBlock(block) > 0;
    }

    /**
     * VPD's choice of features: the last but one block of each level on the way up, the last one of the finest
     * (output blocks 1, 4, 7 and 11 of Stable Diffusion).
     */
    public List<Integer> standardTaps() {
        List<Integer> taps = new ArrayList<>();
        for (int i = 1; i < levels(); i++) {
            taps.add(i * (layers + 1) - 2);
        }
        taps.add(upBlocks() - 1);
        return taps;
    }

    /**
     * Reads diffusers' {@code config.json}. There, {@code attention_head_dim} means the number of heads.
     *
     * @throws io.iedp.api.UserException if something is missing, does not fit, or is not implemented
     */
    public static UnetConfig parse(ConfigFile file) {
        refuseOtherModels(file);
        List<Integer> channels = file.sizes("block_out_channels", Sizes.CHANNELS.most());
        List<Boolean> attention = file.strings("down_block_types").stream()
                .map(type -> type.startsWith(ATTENDING))
                .toList();
        List<Boolean> up = new ArrayList<>(file.strings("up_block_types").stream()
                .map(type -> type.startsWith(ATTENDING))
                .toList());
        Collections.reverse(up);
        if (!up.equals(attention)) {
            throw file.wrong("up_block_types must be down_block_types in reverse");
        }
        return file.make(() -> new UnetConfig(
                channels,
                attention,
                file.sizes("attention_head_dim", channels.size(), Sizes.HEADS.most()),
                single(file, "layers_per_block", channels.size(), Sizes.LAYERS),
                single(file, "cross_attention_dim", channels.size(), Sizes.CHANNELS),
                file.size("norm_num_groups", Sizes.GROUPS.most(), 32),
                file.size("in_channels", Sizes.CHANNELS.most(), 4),
                file.size("out_channels", Sizes.CHANNELS.most(), 4),
                file.flag("use_linear_projection", false),
                file.positive("norm_eps", 1, 1e-5),
                new Waves(file.flag("flip_sin_to_cos", true), file.number("freq_shift", 0))));
    }

    /** Diffusers' {@code config.json}, which {@link #parse} reads as an equal. */
    public JsonObject json() {
        JsonArray down = new JsonArray();
        attention.forEach(attends -> down.add(attends ? "CrossAttnDownBlock2D" : "DownBlock2D"));
        JsonArray up = new JsonArray();
        for (int level = levels() - 1; level >= 0; level--) {
            up.add(attention.get(level) ? "CrossAttnUpBlock2D" : "UpBlock2D");
        }
        JsonObject json = new JsonObject();
        json.addProperty("_class_name", "UNet2DConditionModel");
        json.addProperty("act_fn", "silu");
        json.add("attention_head_dim", numbers(heads));
        json.add("block_out_channels", numbers(channels));
        json.addProperty("cross_attention_dim", contextWidth);
        json.add("down_block_types", down);
        json.addProperty("flip_sin_to_cos", waves.cosineFirst());
        json.addProperty("freq_shift", waves.shift());
        json.addProperty("in_channels", inChannels);
        json.addProperty("layers_per_block", layers);
        json.addProperty("mid_block_type", "UNetMidBlock2DCrossAttn");
        json.addProperty("norm_eps", epsilon);
        json.addProperty("norm_num_groups", groups);
        json.addProperty("out_channels", outChannels);
        json.add("up_block_types", up);
        json.addProperty("use_linear_projection", linearProjection);
        return json;
    }

    static JsonArray numbers(List<Integer> values) {
        JsonArray array = new JsonArray();
        values.forEach(array::add);
        return array;
    }

    /** A number, or a list of equal ones. */
    private static int single(ConfigFile file, String key, int levels, Sizes sizes) {
        List<Integer> values = file.sizes(key, levels, sizes.most());
        if (values.isEmpty() || values.stream().distinct().count() > 1) {
            throw file.wrong("%s is %s; only one number for all levels is supported".formatted(key, values));
        }
        return values.get(0);
    }

    private static void refuseOtherModels(ConfigFile file) {
        file.expect("down_block_types", "CrossAttnDownBlock2D", "DownBlock2D");
        file.expect("up_block_types", "CrossAttnUpBlock2D", "UpBlock2D");
        file.expect("mid_block_type", "UNetMidBlock2DCrossAttn");
        file.expect("act_fn", "silu", "swish");
        file.expect("time_embedding_type", "positional");
        file.expect("resnet_time_scale_shift", "default");
        file.expect("attention_type", "default");
        for (String key : List.of("downsample_padding", "mid_block_scale_factor", "resnet_out_scale_factor")) {
            file.expect(key, 1);
        }
        file.expect("transformer_layers_per_block", 1);
        file.expect("conv_in_kernel", 3);
        file.expect("conv_out_kernel", 3);
        for (String key : List.of(
                "center_input_sample",
                "only_cross_attention",
                "mid_block_only_cross_attention",
                "dual_cross_attention",
                "class_embeddings_concat",
                "resnet_skip_time_act")) {
            file.expect(key, false);
        }
        for (String key : List.of(
                "num_attention_heads",
                "class_embed_type",
                "num_class_embeds",
                "addition_embed_type",
                "encoder_hid_dim",
                "encoder_hid_dim_type",
                "time_embedding_dim",
                "time_embedding_act_fn",
                "timestep_post_act",
                "time_cond_proj_dim",
                "cross_attention_norm",
                "reverse_transformer_layers_per_block")) {
            file.expect(key);
        }
    }

    /** Of a model that is made anew: as Stable Diffusion 1 in all that is not said. */
    public static UnetConfig of(
            List<Integer> channels,
            int plainLevels,
            int heads,
            int layers,
            int contextWidth,
            int groups,
            int latentChannels) {
        int levels = channels.size();
        return new UnetConfig(
                channels,
                IntStream.range(0, levels)
                        .mapToObj(level -> level < levels - plainLevels)
                        .toList(),
                Collections.nCopies(levels, heads),
                layers,
                contextWidth,
                groups,
                latentChannels,
                latentChannels,
                false,
                1e-5,
                Waves.STABLE_DIFFUSION);
    }
}
