package io.iedp.conditioning;

import com.google.gson.JsonObject;
import io.iedp.api.UserException;
import io.iedp.nn.ConfigFile;

/**
 * Sizes of one of CLIP's transformers.
 *
 * @param width of a token
 * @param hidden width inside the perceptrons
 * @param quickGelu whether the activation is OpenAI's approximation rather than the exact GELU
 * @param epsilon of the layer normalizations
 */
public record ClipConfig(int width, int layers, int heads, int hidden, boolean quickGelu, double epsilon) {
    /** Of all published models. */
    private static final double EPSILON = 1e-5;

    private static final String QUICK_GELU = "quick_gelu";

    /** Several times those of any published model. */
    static final int MOST_CHANNELS = 65_536;

    private static final int MOST_HIDDEN = 4 * MOST_CHANNELS;
    private static final int MOST_LAYERS = 1024;
    private static final int MOST_HEADS = 1024;

    public ClipConfig {
        if (width < 1 || layers < 1 || heads < 1 || hidden < 1) {
            throw new IllegalArgumentException("a width of %s, %s layers, %s heads and %s inside must all be above 0"
                    .formatted(width, layers, heads, hidden));
        }
        if (width % heads != 0) {
            throw new IllegalArgumentException("a width of %s cannot be split into %s heads".formatted(width, heads));
        }
    }

    public ClipConfig(int width, int layers, int heads, int hidden, boolean quickGelu) {
        this(width, layers, heads, hidden, quickGelu, EPSILON);
    }

    /**
     * Reads a config.json of the transformers library.
     *
     * @throws UserException if a size is missing or does not fit, or the activation is unknown
     */
    static ClipConfig parse(ConfigFile file) {
        file.expect("hidden_act", QUICK_GELU, "gelu");
        return file.make(() -> new ClipConfig(
                file.size("hidden_size", MOST_CHANNELS),
                file.size("num_hidden_layers", MOST_LAYERS),
                file.size("num_attention_heads", MOST_HEADS),
                file.size("intermediate_size", MOST_HIDDEN),
                file.string("hidden_act", QUICK_GELU).equals(QUICK_GELU),
                file.positive("layer_norm_eps", 1, EPSILON)));
    }

    /** What {@link #parse} reads. */
    JsonObject json() {
        JsonObject json = new JsonObject();
        json.addProperty("hidden_act", quickGelu ? QUICK_GELU : "gelu");
        json.addProperty("hidden_size", width);
        json.addProperty("intermediate_size", hidden);
        json.addProperty("layer_norm_eps", epsilon);
        json.addProperty("num_attention_heads", heads);
        json.addProperty("num_hidden_layers", layers);
        return json;
    }
}
