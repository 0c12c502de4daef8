package io.iedp.api.backbone;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What a head sees of a picture.
 *
 * @param levels (B, channels, H / stride, W / stride) each, in the order of {@link Backbone#levels}
 */
public record Features(List<NDArray> levels) {
    public Features {
        levels = List.copyOf(levels);
    }

    /** The same with each level changed, such as in its number type. */
    public Features map(UnaryOperator<NDArray> change) {
        return new Features(levels.stream().map(change).toList());
    }
}
