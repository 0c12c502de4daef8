package io.iedp.engine.bench;

import ai.djl.ndarray.NDArray;
import java.nio.file.Path;

/** An engine that runs networks of files; jars bring it as a service. */
public interface RivalEngine {
    /** The ending of its files, as in {@code .onnx}. */
    String ending();

    /**
     * Opens a network for one input.
     *
     * @param latents (B, C, h, w)
     * @param context the guidance's tokens, (B, T, width)
     * @param threads to compute with
     * @throws io.iedp.api.UserException if the file is no such network, or takes other inputs
     */
    Rival open(Path file, NDArray latents, NDArray context, int threads);
}
