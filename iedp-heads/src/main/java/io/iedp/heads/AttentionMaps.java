package io.iedp.heads;

import ai.djl.ndarray.NDArray;
import io.iedp.api.UserException;
import io.iedp.api.backbone.AttentionMap;
import io.iedp.api.backbone.AttentionRequest;
import io.iedp.api.backbone.FeatureLevel;
import io.iedp.api.backbone.Features;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The cross-attention maps that join the levels of their resolution: the mean of all maps of a stride, behind the
 * channels of the level (VPD, Zhao et al., 2023).
 */
final class AttentionMaps {
    private final AttentionConfig configuration;
    private final List<FeatureLevel> plain;
    private final int tokens;

    /**
     * @param tokens channels of a map
     * @throws UserException if no level has one of the strides
     */
    AttentionMaps(AttentionConfig configuration, List<FeatureLevel> levels, int tokens) {
        this.configuration = configuration;
        this.plain = List.copyOf(levels);
        this.tokens = tokens;
        List<Integer> strides = levels.stream().map(FeatureLevel::stride).toList();
        for (int stride : configuration.strides()) {
            if (!strides.contains(stride)) {
                throw new UserException(
                        "head.attention.strides names %s, but the backbone's features have the strides %s."
                                .formatted(stride, strides));
            }
        }
    }

    AttentionRequest request() {
        return configuration.strides().isEmpty()
                ? AttentionRequest.NONE
                : new AttentionRequest(Set.copyOf(configuration.strides()), Set.copyOf(configuration.parts()), false);
    }

    /** The levels with the channels that {@link #join} gives them. */
    List<FeatureLevel> levels() {
        return plain.stream()
                .map(level -> hasMap(level) ? new FeatureLevel(level.channels() + tokens, level.stride()) : level)
                .toList();
    }

    /**
     * @return (B, channels, H / stride, W / stride) each
     * @throws UserException if the backbone gave no maps of a stride
     */
    List<NDArray> join(Features features) {
        List<NDArray> joined = new ArrayList<>();
        for (int i = 0; i < plain.size(); i++) {
            joined.add(join(features, i));
        }
        return joined;
    }

    /** One level of {@link #join(Features)}. */
    NDArray join(Features features, int level) {
        NDArray feature = features.levels().get(level);
        return hasMap(plain.get(level))
                ? feature.concat(map(features, plain.get(level).stride()), 1)
                : feature;
    }

    private boolean hasMap(FeatureLevel level) {
        return configuration.strides().contains(level.stride());
    }

    private NDArray map(Features features, int stride) {
        List<Integer> found = features.attention().stream()
                .map(AttentionMap::stride)
                .distinct()
                .toList();
        if (!found.contains(stride)) {
            throw new UserException(
                    "head.attention.strides names %s, but the parts %s of the backbone have no cross-attention of that stride, only of %s."
                            .formatted(stride, configuration.parts(), found));
        }
        return features.attention(stride);
    }
}
