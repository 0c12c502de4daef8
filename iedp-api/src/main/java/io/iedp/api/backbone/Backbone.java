package io.iedp.api.backbone;

import ai.djl.ndarray.NDArray;
import io.iedp.api.UserException;
import java.util.List;

/** Turns pictures and guidance into features at several scales. */
public interface Backbone {
    /** The levels of {@link Features} in their order, fine to coarse. */
    List<FeatureLevel> levels();

    /** Width of the guidance embeddings that {@link #features} takes. */
    int contextWidth();

    /** Pictures must have a height and a width that are multiples of this; the host pads them. */
    int sizeMultiple();

    /**
     * The part before guidance, run once a picture however many branches guide it.
     *
     * @param pixels (B, 3, H, W) from 0 to 1
     * @return latents (B, C, h, w)
     */
    NDArray encode(NDArray pixels);

    /**
     * Whether {@link #encode} never changes in training, so that the host may keep what it gives for a picture. Without
     * that, it is called for every batch.
     */
    default boolean hasFrozenEncoder() {
        return false;
    }

    /**
     * The guided part.
     *
     * @param latents (B, C, h, w), from {@link #encode}
     * @param context (B, T, {@link #contextWidth}), the guidance
     */
    Features features(NDArray latents, NDArray context);

    /**
     * {@link #features(NDArray, NDArray)} with cross-attention maps.
     *
     * @throws UserException if the backbone cannot hand out such maps
     */
    default Features features(NDArray latents, NDArray context, AttentionRequest request) {
        if (request.equals(AttentionRequest.NONE)) {
            return features(latents, context);
        }
        throw new UserException("This backbone has no cross-attention maps to hand out.");
    }
}
