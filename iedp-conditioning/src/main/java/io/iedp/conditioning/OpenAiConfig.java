package io.iedp.conditioning;

import com.google.gson.JsonObject;

/** The sizes of OpenAI's CLIP class, as its constructor names them. */
final class OpenAiConfig {
    /** The class gives the heads of its vision transformer this width. */
    private static final int HEAD_WIDTH = 64;

    private OpenAiConfig() {}

    /**
     * The same in the form of the transformers library.
     *
     * @throws io.iedp.api.UserException if a size is missing
     */
    static JsonObject translated(JsonObject json, String encoder, String file) {
        boolean text = encoder.equals("text");
        int width = ClipConfig.number(json, text ? "transformer_width" : "vision_width", file);
        JsonObject config = new JsonObject();
        config.addProperty("hidden_size", width);
        config.addProperty("intermediate_size", 4 * width);
        config.addProperty("hidden_act", "quick_gelu");
        config.addProperty("projection_dim", ClipConfig.number(json, "embed_dim", file));
        config.addProperty(
                "num_hidden_layers", ClipConfig.number(json, text ? "transformer_layers" : "vision_layers", file));
        if (text) {
            config.addProperty("num_attention_heads", ClipConfig.number(json, "transformer_heads", file));
            config.addProperty("vocab_size", ClipConfig.number(json, "vocab_size", file));
            config.addProperty("max_position_embeddings", ClipConfig.number(json, "context_length", file));
        } else {
            config.addProperty("num_attention_heads", Math.max(1, width / HEAD_WIDTH));
            config.addProperty("image_size", ClipConfig.number(json, "image_resolution", file));
            config.addProperty("patch_size", ClipConfig.number(json, "vision_patch_size", file));
        }
        return config;
    }
}
