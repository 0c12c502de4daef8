package io.iedp.api.task;

import ai.djl.ndarray.NDArray;

/** A trained model as a task's protocol sees it. */
@FunctionalInterface
public interface Predictor {
    /**
     * Runs the inference branches on pictures of any size.
     *
     * @param pixels (B, 3, H, W) from 0 to 1
     * @return (B, outputs, H, W)
     */
    NDArray predict(NDArray pixels);
}
