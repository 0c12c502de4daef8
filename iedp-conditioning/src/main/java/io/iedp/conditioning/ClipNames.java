package io.iedp.conditioning;

import io.iedp.nn.files.ArrayConversion;
import io.iedp.nn.files.RenamedSource;
import io.iedp.nn.files.RenamedSource.Renamed;
import io.iedp.nn.files.StoredSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names of the transformers library for all those that CLIP's encoders have: its own, OpenAI's (OpenCLIP has the
 * same), and either inside a Stable Diffusion of CompVis' code. The other encoder, the temperature ({@code logit_scale})
 * and constants such as {@code position_ids} and {@code attn_mask} are left out.
 */
public final class ClipNames {
    /** Where Stable Diffusion 1 has a text encoder of the transformers library. */
    private static final String STABLE_DIFFUSION_1 = "cond_stage_model.transformer.";

    /** Where Stable Diffusion 2 has OpenCLIP's. */
    static final String STABLE_DIFFUSION_2 = "cond_stage_model.model.";

    private static final Set<String> NO_WEIGHTS = Set.of(
            "logit_scale",
            "logit_bias",
            "attn_mask",
            "input_resolution",
            "context_length",
            "vocab_size",
            "position_ids");

    private static final Pattern LAYER =
            Pattern.compile("(?:visual\\.)?transformer\\.resblocks\\.(\\d{1,4})\\.(.+)\\.(weight|bias)");
    private static final Pattern ATTENTION =
            Pattern.compile("(?:visual\\.)?transformer\\.resblocks\\.(\\d{1,4})\\.attn\\.in_proj_(weight|bias)");

    private static final Map<String, String> LAYER_PARTS = Map.of(
            "attn.out_proj", "self_attn.out_proj",
            "ln_1", "layer_norm1",
            "ln_2", "layer_norm2",
            "mlp.c_fc", "mlp.fc1",
            "mlp.c_proj", "mlp.fc2");

    private static final Map<String, Renamed> PARTS = Map.ofEntries(
            part("token_embedding.weight", "text_model.embeddings.token_embedding.weight"),
            part("positional_embedding", "text_model.embeddings.position_embedding.weight"),
            part("ln_final.weight", "text_model.final_layer_norm.weight"),
            part("ln_final.bias", "text_model.final_layer_norm.bias"),
            part("visual.class_embedding", "vision_model.embeddings.class_embedding"),
            part("visual.positional_embedding", "vision_model.embeddings.position_embedding.weight"),
            part("visual.conv1.weight", "vision_model.embeddings.patch_embedding.weight"),
            part("visual.ln_pre.weight", "vision_model.pre_layrnorm.weight"),
            part("visual.ln_pre.bias", "vision_model.pre_layrnorm.bias"),
            part("visual.ln_post.weight", "vision_model.post_layernorm.weight"),
            part("visual.ln_post.bias", "vision_model.post_layernorm.bias"),
            Map.entry("text_projection", new Renamed("text_projection.weight", ArrayConversion.TRANSPOSED)),
            Map.entry("visual.proj", new Renamed("visual_projection.weight", ArrayConversion.TRANSPOSED)));

    private ClipNames() {}

    private static Map.Entry<String, Renamed> part(String name, String renamed) {
        return Map.entry(name, new Renamed(renamed));
    }

    /**
     * One encoder and its projection.
     *
     * @param encoder {@code text} or {@code vision}
     */
    public static StoredSource of(StoredSource file, String encoder) {
        StoredSource own = unwrapped(file);
        boolean transformers = own.names().stream().anyMatch(name -> name.matches("(text|vision)_model\\..+"));
        String model = encoder + "_model.";
        String projection = encoder.equals("text") ? "text_projection.weight" : "visual_projection.weight";
        return RenamedSource.of(own, name -> {
            if (NO_WEIGHTS.contains(name.substring(name.lastIndexOf('.') + 1))) {
                return List.of();
            }
            if (transformers) {
                return name.startsWith(model) || name.equals(projection) ? List.of(new Renamed(name)) : List.of();
            }
            return name.startsWith("visual.") == encoder.equals("vision") ? openAi(name, model) : List.of();
        });
    }

    /** The text encoder of a whole Stable Diffusion, or the file as it is. */
    private static StoredSource unwrapped(StoredSource file) {
        for (String prefix : List.of(STABLE_DIFFUSION_1, STABLE_DIFFUSION_2)) {
            if (file.names().stream().anyMatch(name -> name.startsWith(prefix))) {
                return new RenamedSource(file, name -> name.startsWith(prefix) ? name.substring(prefix.length()) : "");
            }
        }
        return file;
    }

    private static List<Renamed> openAi(String name, String model) {
        Matcher attention = ATTENTION.matcher(name);
        if (attention.matches()) {
            String layer = "%sencoder.layers.%s.self_attn.%%s_proj.%s"
                    .formatted(model, attention.group(1), attention.group(2));
            return List.of(
                    new Renamed(layer.formatted("q"), ArrayConversion.FIRST_THIRD),
                    new Renamed(layer.formatted("k"), ArrayConversion.SECOND_THIRD),
                    new Renamed(layer.formatted("v"), ArrayConversion.LAST_THIRD));
        }
        Matcher layer = LAYER.matcher(name);
        if (layer.matches() && LAYER_PARTS.containsKey(layer.group(2))) {
            return List.of(new Renamed("%sencoder.layers.%s.%s.%s"
                    .formatted(model, layer.group(1), LAYER_PARTS.get(layer.group(2)), layer.group(3))));
        }
        // An unknown name keeps its own below the encoder, so that it shows as unexpected.
        return List.of(PARTS.getOrDefault(name, new Renamed(model + name)));
    }
}
