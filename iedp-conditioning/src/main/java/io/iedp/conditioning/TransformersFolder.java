package io.iedp.conditioning;

import io.iedp.api.UserException;
import io.iedp.nn.ConfigFile;
import io.iedp.nn.files.StoredSource;
import io.iedp.nn.files.WeightFiles;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * One of CLIP's encoders in a folder of the transformers library: {@code config.json} and weights, for one encoder
 * alone or for a whole CLIP model. The names in it may be OpenAI's.
 *
 * @param encoder {@code text} or {@code vision}
 */
public record TransformersFolder(Path folder, String encoder) implements ClipWeights {
    @Override
    public ConfigFile config() {
        Path file = folder.resolve("config.json");
        if (!Files.isRegularFile(file)) {
            throw new UserException(
                    "There is no %s. The weights of CLIP are a folder with config.json and model.safetensors, or a single file."
                            .formatted(file));
        }
        ConfigFile config = ConfigFile.read(file);
        String own = encoder + "_config";
        if (config.has("transformer_width")) {
            return OpenAiConfig.translated(config, encoder);
        }
        return config.has(own) ? config.section(own) : config;
    }

    @Override
    public StoredSource all() {
        return ClipNames.of(WeightFiles.inFolder(folder, "model", "pytorch_model"), encoder);
    }
}
