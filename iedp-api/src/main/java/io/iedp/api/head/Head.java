package io.iedp.api.head;

import ai.djl.ndarray.NDArray;
import io.iedp.api.backbone.AttentionRequest;
import io.iedp.api.backbone.Features;
import java.util.List;

/** Turns features into a prediction. */
public interface Head {
    /**
     * The cross-attention maps that the head wants beside the features. They have {@link HeadContext#tokens}
     * channels.
     */
    default AttentionRequest attention() {
        return AttentionRequest.NONE;
    }

    /** Whether {@link Features#pixels} is there, for heads that sharpen what they predict by the picture. */
    default boolean wantsPixels() {
        return false;
    }

    /**
     * Predicts at the head's own resolution; the task brings the result to the size it needs.
     *
     * @param features of a batch, branches stacked when several train together
     * @param training whether dropout and batch statistics are on
     * @return (B, outputs, h, w), such as logits, of the whole picture with its padding
     */
    NDArray forward(Features features, boolean training);

    /** What else is predicted from the features in training, each with a loss of its own. */
    default List<Auxiliary> auxiliary(Features features) {
        return List.of();
    }
}
