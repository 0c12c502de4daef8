package io.iedp.heads;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import io.iedp.api.backbone.FeatureLevel;
import io.iedp.api.backbone.Features;
import io.iedp.api.head.Head;
import io.iedp.nn.BatchNorm;
import io.iedp.nn.Layers;
import java.util.List;
import java.util.Optional;

/**
 * A linear probe: one layer, the same for each cell, on levels that are resized to the finest and joined, as DINOv2
 * (Oquab et al., 2023) measures features of dense prediction.
 */
final class LinearHead implements Head {
    private final Layers layers;
    private final int seen;
    private final Optional<BatchNorm> norm;
    private final Classifier classifier;

    LinearHead(Layers layers, LinearConfig configuration, List<FeatureLevel> levels, int outputs) {
        this.layers = layers;
        seen = configuration.levels() == LinearConfig.Levels.ALL ? levels.size() : 1;
        int channels =
                levels.stream().limit(seen).mapToInt(FeatureLevel::channels).sum();
        norm = configuration.norm() ? Optional.of(layers.batchNorm("bn", channels)) : Optional.empty();
        classifier = Classifier.of(layers, channels, outputs, 0);
    }

    /** Returns logits at the size of the finest level. */
    @Override
    public NDArray forward(Features features, boolean training) {
        NDArray finest = features.levels().get(0);
        NDList levels = new NDList();
        features.levels().stream()
                .limit(seen)
                .forEach(level -> levels.add(Grids.resize(layers.kernels(), level, finest)));
        NDArray joined = seen == 1 ? finest : NDArrays.concat(levels, 1);
        return classifier.apply(norm.map(each -> each.apply(joined, training)).orElse(joined), training);
    }
}
