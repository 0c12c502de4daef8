package io.iedp.conditioning;

import ai.djl.ndarray.types.Shape;
import com.google.gson.JsonObject;
import io.iedp.api.UserException;
import io.iedp.nn.ConfigFile;
import io.iedp.nn.files.StoredSource;
import io.iedp.nn.files.WeightFiles;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * One of CLIP's encoders in a single file: OpenAI's or OpenCLIP's own, or the text encoder of a whole Stable Diffusion.
 * Sizes are read off the shapes. What they do not tell is taken to be as in all published models: the width of the
 * heads, and that OpenAI's have the approximate GELU and the larger ones of OpenCLIP the exact one. For a model that
 * differs, a folder with {@code config.json} says so.
 *
 * @param config derived from the shapes
 * @param unusedLayers 1 for the text encoder of Stable Diffusion 2
 */
record ClipFile(Path path, String encoder, ConfigFile config, int unusedLayers) implements ClipWeights {
    /** The widths of OpenCLIP's H, g and G vision transformers, whose heads are wider than all others', and their number. */
    private static final Map<Long, Integer> WIDE_HEADS = Map.of(1280L, 16, 1408L, 16, 1664L, 16);

    private static final int HEAD_WIDTH = 64;

    /** The narrowest encoders of the models that only OpenCLIP has. */
    private static final int OPEN_CLIP_TEXT = 1024;

    private static final int OPEN_CLIP_VISION = 1280;

    /**
     * @throws UserException if there is no such file, or no such encoder in it
     */
    static ClipFile open(Path path, String encoder) {
        try (StoredSource file = WeightFiles.open(path)) {
            return of(path, file, encoder);
        }
    }

    /** {@link #open} for an open file. */
    static ClipFile of(Path path, StoredSource file, String encoder) {
        boolean penultimate = file.names().stream().anyMatch(name -> name.startsWith(ClipNames.STABLE_DIFFUSION_2));
        StoredSource source = ClipNames.of(file, encoder);
        return new ClipFile(
                path,
                encoder,
                new ConfigFile(new Sizes(source, encoder).config(), path.toString()),
                penultimate ? 1 : 0);
    }

    @Override
    public StoredSource all() {
        return ClipNames.of(WeightFiles.open(path), encoder);
    }

    private record Sizes(StoredSource source, String encoder) {
        JsonObject config() {
            boolean text = encoder.equals("text");
            Shape hidden = shape("encoder.layers.0.mlp.fc1.weight", 2);
            Shape positions = shape("embeddings.position_embedding.weight", 2);
            long width = hidden.get(1);
            JsonObject config = new JsonObject();
            config.addProperty("hidden_size", width);
            config.addProperty("intermediate_size", hidden.get(0));
            config.addProperty("num_hidden_layers", layers());
            config.addProperty("num_attention_heads", heads(width));
            boolean exact = width >= (text ? OPEN_CLIP_TEXT : OPEN_CLIP_VISION);
            config.addProperty("hidden_act", exact ? "gelu" : "quick_gelu");
            if (text) {
                config.addProperty(
                        "vocab_size",
                        shape("embeddings.token_embedding.weight", 2).get(0));
                config.addProperty("max_position_embeddings", positions.get(0));
            } else {
                long patch = shape("embeddings.patch_embedding.weight", 4).get(2);
                config.addProperty("image_size", Math.round(Math.sqrt((double) positions.get(0) - 1)) * patch);
                config.addProperty("patch_size", patch);
            }
            return config;
        }

        private long heads(long width) {
            return encoder.equals("vision") && WIDE_HEADS.containsKey(width)
                    ? WIDE_HEADS.get(width)
                    : Math.max(1, width / HEAD_WIDTH);
        }

        private long layers() {
            return IntStream.iterate(0, i -> i + 1)
                    .takeWhile(i -> source.shape(name("encoder.layers.%s.mlp.fc1.weight".formatted(i)))
                            .isPresent())
                    .count();
        }

        private Shape shape(String name, int axes) {
            return source.shape(name(name))
                    .filter(shape -> shape.dimension() == axes)
                    .orElseThrow(() -> new UserException("%s holds no %s encoder of CLIP: it lacks '%s'."
                            .formatted(source.description(), encoder, name(name))));
        }

        private String name(String name) {
            return encoder + "_model." + name;
        }
    }
}
