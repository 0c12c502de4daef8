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
    private final List<Conv2d> lateral = new ArrayList<>();
    private final List<Conv2d> output = new ArrayList<>();

    FeaturePyramid(Layers layers, List<FeatureLevel> levels, int channels) {
        this.layers = layers;
        for (int i = 0; i < levels.size(); i++) {
            lateral.add(convolution("lateral_convs", i, levels.get(i).channels(), channels, 1));
            output.add(convolution("fpn_convs", i, channels, channels, 3));
        }
    }

    private Conv2d convolution(String list, int level, int in, int out, int kernel) {
        return layers.at("%s.%s".formatted(list, level))
                .conv2d("conv", in, out, kernel, 1, kernel / 2, Initial.xavier(in, out, kernel), true);
    }

    /** All levels with the pyramid's channels, at the sizes that they came in. */
    List<NDArray> forward(List<NDArray> features) {
        NDArray[] merged = new NDArray[features.size()];
        for (int i = merged.length - 1; i >= 0; i--) {
            merged[i] = lateral.get(i).apply(features.get(i));
            if (i < merged.length - 1) {
                merged[i] = merged[i].add(
                        layers.kernels().resizeNearest(merged[i + 1], Grids.height(merged[i]), Grids.width(merged[i])));
            }
        }
        List<NDArray> pyramid = new ArrayList<>();
        for (int i = 0; i < merged.length; i++) {
            pyramid.add(output.get(i).apply(merged[i]));
        }
        return pyramid;
    }
}
