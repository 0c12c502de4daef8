package io.iedp.conditioning;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.iedp.api.UserException;
import io.iedp.api.nn.WeightSource;
import io.iedp.nn.files.RenamedSource;
import io.iedp.nn.files.SafeTensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * One of CLIP's encoders in a folder of the transformers library: {@code config.json} and {@code
 * model.safetensors}, for one encoder alone or for a whole CLIP model.
 *
 * @param encoder {@code text} or {@code vision}
 */
record TransformersFolder(Path folder, String encoder) {
    JsonObject config() {
        Path file = configFile();
        if (!Files.isRegularFile(file)) {
            throw new UserException(
                    "There is no %s. The weights of CLIP are a folder with config.json and model.safetensors."
                            .formatted(file));
        }
        try {
            JsonObject json = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
            String own = encoder + "_config";
            return json.has(own) ? json.getAsJsonObject(own) : json;
        } catch (IOException | JsonParseException | IllegalStateException | ClassCastException e) {
            throw new UserException("%s cannot be read: %s".formatted(file, e.getMessage()), e);
        }
    }

    Path configFile() {
        return folder.resolve("config.json");
    }

    /** The encoder's arrays, without those of the other encoder and of the projections. */
    WeightSource weights() {
        String prefix = encoder + "_model.";
        return new RenamedSource(
                SafeTensors.open(folder.resolve("model.safetensors")),
                name -> name.startsWith(prefix) && !name.endsWith(".position_ids")
                        ? name.substring(prefix.length())
                        : "");
    }
}
