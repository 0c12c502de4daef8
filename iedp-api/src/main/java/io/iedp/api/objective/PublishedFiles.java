package io.iedp.api.objective;

import ai.djl.ndarray.NDArray;
import io.iedp.api.Experimental;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What was learned, as files that others read.
 *
 * @param texts the contents of text files, by paths with forward slashes, such as {@code vae/config.json}
 * @param arrays the arrays of safetensors files by their names, by paths, such as {@code
 *     vae/diffusion_pytorch_model.safetensors}; they are written in 16 bits
 */
@Experimental
public record PublishedFiles(Map<String, String> texts, Map<String, Map<String, NDArray>> arrays) {
    public PublishedFiles {
        texts = Collections.unmodifiableMap(new LinkedHashMap<>(texts));
        arrays = Collections.unmodifiableMap(new LinkedHashMap<>(arrays));
    }
}
