package io.iedp.api.backbone;

import ai.djl.ndarray.NDArray;
import java.util.List;

/**
 * What a head sees of a picture.
 *
 * @param levels (B, channels, H / stride, W / stride) each, in the order of {@link Backbone#levels}
 */
public record Features(List<NDArray> levels) {
    public Features {
        levels = List.copyOf(levels);
    }
}
