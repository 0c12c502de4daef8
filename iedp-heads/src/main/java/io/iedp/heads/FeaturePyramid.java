package io.iedp.heads;

import ai.djl.ndarray.NDArray;
import io.iedp.api.backbone.FeatureLevel;
import io.iedp.nn.Conv2d;
import io.iedp.nn.Layers;
import java.util.ArrayList;
import java.util.List;

/**
 * The neck of Lin et al., Feature Pyramid Networks (2017): one width for all levels, coarse levels added
 * into finer ones. Parameter names are those of mmsegmentation's FPN.
 */
final class FeaturePyramid {
    private final Layers layers;
    private final List<FeatureLevel> levels;
    private final List<Conv2d> lateral = new ArrayList<>();
    private final List<Conv2d> output = new ArrayList<>();

    FeaturePyramid(Layers layers, List<FeatureLevel> levels, int channels) {
        this.layers = layers;
        this.levels = levels;
        for (int i = 0; i < levels.size(); i++) {
            int in = levels.get(i).channels();
            lateral.add(layers.conv2d("lateral_convs.%d.conv".formatted(i), in, channels, 1, 1, 0));
            output.add(layers.conv2d("fpn_convs.%d.conv".formatted(i), channels, channels, 3, 1, 1));
        }
    }

    /** All levels with the pyramid's channels, at the sizes that they came in. */
    List<NDArray> forward(List<NDArray> features) {
        NDArray[] merged = new NDArray[features.size()];
        for (int i = merged.length - 1; i >= 0; i--) {
            merged[i] = lateral.get(i).apply(features.get(i));
            if (i < merged.length - 1) {
                int scale = levels.get(i + 1).stride() / levels.get(i).stride();
                merged[i] = merged[i].add(layers.kernels().upsampleNearest(merged[i + 1], scale));
            }
        }
        List<NDArray> pyramid = new ArrayList<>();
        for (int i = 0; i < merged.length; i++) {
            pyramid.add(output.get(i).apply(merged[i]));
        }
        return pyramid;
    }
}
