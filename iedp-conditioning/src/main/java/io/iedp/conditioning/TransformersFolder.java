package io.iedp.conditioning;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.iedp.api.UserException;
import io.iedp.nn.files.StoredSource;
import io.iedp.nn.files.WeightFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * One of CLIP's encoders in a folder of the transformers library: {@code config.json} and weights, for one encoder
 * alone or for a whole CLIP model. The names in it may be OpenAI's.
 *
 * @param encoder {@code text} or {@code vision}
 */
record TransformersFolder(Path folder, String encoder) implements ClipWeights {
    @Override
    public JsonObject config() {
        Path file = folder.resolve("config.json");
        if (!Files.isRegularFile(file)) {
            throw new UserException(
                    "There is no %s. The weights of CLIP are a folder with config.json and model.safetensors, or a single file."
                            .formatted(file));
        }
        try {
            JsonObject json = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
            String own = encoder + "_config";
            if (json.has("transformer_width")) {
                return OpenAiConfig.translated(json, encoder, file.toString());
            }
            return json.has(own) ? json.getAsJsonObject(own) : json;
        } catch (IOException | JsonParseException | IllegalStateException | ClassCastException e) {
            throw new UserException("%s cannot be read: %s".formatted(file, e.getMessage()), e);
        }
    }

    @Override
    public String configSource() {
        return folder.resolve("config.json").toString();
    }

    @Override
    public StoredSource all() {
        return ClipNames.of(WeightFiles.inFolder(folder, "model", "pytorch_model"), encoder);
    }
}
