package io.iedp.api.backbone;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What a head sees of a picture.
 *
 * @param levels (B, channels, H / stride, W / stride) each, in the order of {@link Backbone#levels}
 * @param attention the cross-attention maps that were asked for, in the order in which they arose
 * @param extent the part of the picture that is not padding; empty when it was not padded
 * @param pixels (B, 3, H, W) from 0 to 1, with the padding, for a head that wants them
 */
public record Features(
        List<NDArray> levels, List<AttentionMap> attention, Optional<Extent> extent, Optional<NDArray> pixels) {
    public Features {
        levels = List.copyOf(levels);
        attention = List.copyOf(attention);
    }

    public Features(List<NDArray> levels, List<AttentionMap> attention, Optional<Extent> extent) {
        this(levels, attention, extent, Optional.empty());
    }

    public Features(List<NDArray> levels, List<AttentionMap> attention) {
        this(levels, attention, Optional.empty());
    }

    public Features(List<NDArray> levels) {
        this(levels, List.of());
    }

    /** The same, of a picture that was padded. */
    public Features within(Extent unpadded) {
        return new Features(levels, attention, Optional.of(unpadded), pixels);
    }

    /** The same with the picture itself. */
    public Features of(NDArray picture) {
        return new Features(levels, attention, extent, Optional.of(picture));
    }

    /**
     * The mean of all maps of one resolution.
     *
     * @throws IllegalArgumentException if there are none
     */
    public NDArray attention(int stride) {
        NDArray[] maps = attention.stream()
                .filter(map -> map.stride() == stride)
                .map(AttentionMap::weights)
                .toArray(NDArray[]::new);
        if (maps.length == 0) {
            throw new IllegalArgumentException("There are no attention maps of stride %s, only of %s"
                    .formatted(
                            stride,
                            attention.stream()
                                    .map(AttentionMap::stride)
                                    .distinct()
                                    .toList()));
        }
        return NDArrays.add(maps).div(maps.length);
    }

    /** The same with each array changed, such as in its number type. */
    public Features map(UnaryOperator<NDArray> change) {
        return new Features(
                levels.stream().map(change).toList(),
                attention.stream()
                        .map(map -> new AttentionMap(map.part(), map.stride(), change.apply(map.weights())))
                        .toList(),
                extent,
                pixels.map(change));
    }
}
