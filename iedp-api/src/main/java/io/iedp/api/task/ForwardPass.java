package io.iedp.api.task;

import ai.djl.ndarray.NDArray;
import io.iedp.api.data.Batch;

/** A trained model as a task's protocol sees it. */
@FunctionalInterface
public interface ForwardPass {
    /**
     * Runs the inference branches on pictures of any size.
     *
     * @param batch its pixels may be a window of the samples' pictures, turned or resized
     * @return (B, outputs, H, W), of the size of the pixels
     */
    NDArray of(Batch batch);
}
