package io.iedp.conditioning;

import com.google.gson.JsonObject;
import io.iedp.nn.ConfigFile;

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
    static ConfigFile translated(ConfigFile file, String encoder) {
        boolean text = encoder.equals("text");
        int width = file.size(text ? "transformer_width" : "vision_width", ClipConfig.MOST_CHANNELS);
        JsonObject config = new JsonObject();
        config.addProperty("hidden_size", width);
        config.addProperty("intermediate_size", 4 * width);
        config.addProperty("hidden_act", "quick_gelu");
        config.addProperty("projection_dim", file.integer("embed_dim"));
        config.addProperty("num_hidden_layers", file.integer(text ? "transformer_layers" : "vision_layers"));
        if (text) {
            config.addProperty("num_attention_heads", file.integer("transformer_heads"));
            config.addProperty("vocab_size", file.integer("vocab_size"));
            config.addProperty("max_position_embeddings", file.integer("context_length"));
        } else {
            config.addProperty("num_attention_heads", Math.max(1, width / HEAD_WIDTH));
            config.addProperty("image_size", file.integer("image_resolution"));
            config.addProperty("patch_size", file.integer("vision_patch_size"));
        }
        return new ConfigFile(config, file.description());
    }
}
