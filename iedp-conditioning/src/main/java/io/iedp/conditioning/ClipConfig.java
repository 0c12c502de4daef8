package io.iedp.conditioning;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.iedp.api.UserException;

/**
 * Sizes of one of CLIP's transformers.
 *
 * @param width of a token
 * @param hidden width inside the perceptrons
 * @param quickGelu whether the activation is OpenAI's approximation rather than the exact GELU
 */
record ClipConfig(int width, int layers, int heads, int hidden, boolean quickGelu) {
    static final double EPSILON = 1e-5;

    ClipConfig {
        if (width % heads != 0) {
            throw new IllegalArgumentException("a width of %d cannot be split into %d heads".formatted(width, heads));
        }
    }

    /**
     * Reads a config.json of the transformers library.
     *
     * @throws UserException if a size is missing or the activation is unknown
     */
    static ClipConfig parse(JsonObject json, String file) {
        String activation = json.has("hidden_act") ? json.get("hidden_act").getAsString() : "quick_gelu";
        if (!activation.equals("quick_gelu") && !activation.equals("gelu")) {
            throw new UserException(
                    "%s: hidden_act is '%s'; quick_gelu and gelu are supported".formatted(file, activation));
        }
        return new ClipConfig(
                number(json, "hidden_size", file),
                number(json, "num_hidden_layers", file),
                number(json, "num_attention_heads", file),
                number(json, "intermediate_size", file),
                activation.equals("quick_gelu"));
    }

    static int number(JsonObject json, String key, String file) {
        JsonElement value = json.get(key);
        if (value == null
                || !value.isJsonPrimitive()
                || !value.getAsJsonPrimitive().isNumber()) {
            throw new UserException("%s: %s must be a number, but is %s".formatted(file, key, value));
        }
        return value.getAsInt();
    }
}
