package io.iedp.api.head;

import ai.djl.ndarray.NDArray;
import io.iedp.api.backbone.Features;

/** Turns features into a prediction. */
public interface Head {
    /**
     * Predicts at the head's own resolution; the task brings the result to the size it needs.
     *
     * @param features of a batch, branches stacked when several train together
     * @param training whether dropout and batch statistics are on
     * @return (B, outputs, h, w), such as logits
     */
    NDArray forward(Features features, boolean training);
}
