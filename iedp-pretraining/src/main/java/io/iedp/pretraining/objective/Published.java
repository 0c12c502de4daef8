package io.iedp.pretraining.objective;

import ai.djl.ndarray.NDArray;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import io.iedp.api.objective.PublishedFiles;
import java.util.LinkedHashMap;
import java.util.Map;

/** Collects the folders of the parts of a model, each in the layout of diffusers or transformers. */
final class Published {
    private static final String CONFIG = "config.json";

    private final Map<String, String> texts = new LinkedHashMap<>();
    private final Map<String, Map<String, NDArray>> arrays = new LinkedHashMap<>();

    /** A part that diffusers reads. */
    Published diffusers(String folder, JsonObject config, Map<String, NDArray> parameters) {
        return json(folder + "/" + CONFIG, config).weights(folder + "/diffusion_pytorch_model.safetensors", parameters);
    }

    /** A part that transformers reads. */
    Published transformers(String folder, JsonObject config, Map<String, NDArray> parameters) {
        return json(folder + "/" + CONFIG, config).weights(folder + "/model.safetensors", parameters);
    }

    Published json(String path, JsonObject json) {
        texts.put(
                path,
                new GsonBuilder()
                                .setPrettyPrinting()
                                .disableHtmlEscaping()
                                .create()
                                .toJson(json)
                        + "\n");
        return this;
    }

    /**
     * @param files their contents by name
     */
    Published texts(String folder, Map<String, String> files) {
        files.forEach((name, text) -> texts.put(folder + "/" + name, text));
        return this;
    }

    private Published weights(String path, Map<String, NDArray> parameters) {
        arrays.put(path, parameters);
        return this;
    }

    PublishedFiles files() {
        return new PublishedFiles(texts, arrays);
    }
}
