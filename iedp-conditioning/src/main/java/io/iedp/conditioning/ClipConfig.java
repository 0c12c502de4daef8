package io.iedp.conditioning;

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

    public ClipConfig {
        if (width % heads != 0) {
            throw new IllegalArgumentException("a width of %s cannot be split into %s heads".formatted(width, heads));
        }
    }

    ClipConfig(int width, int layers, int heads, int hidden, boolean quickGelu) {
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
                file.integer("hidden_size"),
                file.integer("num_hidden_layers"),
                file.integer("num_attention_heads"),
                file.integer("intermediate_size"),
                file.string("hidden_act", QUICK_GELU).equals(QUICK_GELU),
                file.number("layer_norm_eps", EPSILON)));
    }
}
