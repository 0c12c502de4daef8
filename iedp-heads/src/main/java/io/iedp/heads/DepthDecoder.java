package io.iedp.heads;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import io.iedp.api.UserException;
import io.iedp.api.backbone.Extent;
import io.iedp.api.backbone.FeatureLevel;
import io.iedp.api.backbone.Features;
import io.iedp.api.head.Head;
import io.iedp.nn.Conv2d;
import io.iedp.nn.GroupNorm;
import io.iedp.nn.Layers;
import io.iedp.nn.Scopes;
import io.iedp.nn.Slices;
import java.util.ArrayList;
import java.util.List;

/**
 * The depth decoder of VPD (Zhao et al., 2023): all levels are brought to the stride of the coarsest but one and
 * joined, then {@link DepthUpsampling} follows. Parameter names are VPD's; its {@code encoder.} holds what joins.
 *
 * <p>Cells that are padding and nothing else are cut off once the levels are joined, as VPD does, so that they have
 * no part in the batch's statistics; zeros stand for them in the output.
 */
final class DepthDecoder implements Head {
    private static final double EPSILON = 1e-5;

    private final Layers layers;
    private final int target;
    private final int stride;
    private final List<Shrinking> finer = new ArrayList<>();
    private final Conv2d join;
    private final GroupNorm norm;
    private final DepthUpsampling upsampling;

    /** Halves a level some times; between two convolutions there are group normalization and ReLU. */
    private record Shrinking(List<Conv2d> convolutions, List<GroupNorm> norms) {
        NDArray apply(NDArray level) {
            NDArray x = level;
            for (int i = 0; i < convolutions.size(); i++) {
                x = convolutions
                        .get(i)
                        .apply(i == 0 ? x : Activation.relu(norms.get(i - 1).apply(x)));
            }
            return x;
        }
    }

    DepthDecoder(Layers layers, DepthDecoderConfig configuration, List<FeatureLevel> levels, int outputs) {
        this.layers = layers;
        target = Math.max(0, levels.size() - 2);
        stride = levels.get(target).stride();
        Layers encoder = layers.at("encoder");
        for (int i = 0; i <= target; i++) {
            int doublings = Grids.doublings(DepthDecoderFactory.TYPE, levels, i, target);
            finer.add(shrinking(encoder.at("layer" + (i + 1)), levels.get(i), doublings, configuration.groups()));
        }
        int joined = levels.stream().mapToInt(FeatureLevel::channels).sum();
        int channels = configuration.channels();
        join = encoder.conv2d("out_layer.0", joined, channels, 1, 1, 0, Initial.JOINING, true);
        norm = encoder.groupNorm("out_layer.1", configuration.groups(), channels, EPSILON);
        upsampling = new DepthUpsampling(
                layers,
                channels,
                configuration.filters().stream()
                        .map(filters -> new DepthUpsampling.Stage(filters, configuration.kernel()))
                        .toList(),
                configuration.outputChannels(),
                outputs);
    }

    private static Shrinking shrinking(Layers layers, FeatureLevel level, int doublings, int groups) {
        int channels = level.channels();
        List<Conv2d> convolutions = new ArrayList<>();
        List<GroupNorm> norms = new ArrayList<>();
        for (int i = 0; i < doublings; i++) {
            // The original's list has ReLU, too, which has no parameters.
            convolutions.add(layers.conv2d("" + 3 * i, channels, channels, 3, 2, 1, Initial.JOINING, true));
            if (i < doublings - 1) {
                if (channels % groups != 0) {
                    throw new UserException(
                            "head.groups is %s, which does not divide the %s channels of the features of stride %s."
                                    .formatted(groups, channels, level.stride()));
                }
                norms.add(layers.groupNorm("" + (3 * i + 1), groups, channels, EPSILON));
            }
        }
        return new Shrinking(convolutions, norms);
    }

    /** Returns raw values; {@code 4 * 2^filters} of them along an edge of each cell of the joined levels. */
    @Override
    public NDArray forward(Features features, boolean training) {
        NDArray joined = joined(features);
        int height = Grids.height(joined);
        int width = Grids.width(joined);
        int rows = features.extent().map(Extent::height).map(this::cells).orElse(height);
        int columns = features.extent().map(Extent::width).map(this::cells).orElse(width);
        NDArray seen = rows == height && columns == width ? joined : Slices.window(joined, 0, rows, 0, columns);
        NDArray output = upsampling.forward(seen, training);
        int scale = Grids.height(output) / rows;
        return seen == joined
                ? output
                : output.pad(new Shape(0, (long) scale * (width - columns), 0, (long) scale * (height - rows)), 0);
    }

    private int cells(int pixels) {
        return (pixels + stride - 1) / stride;
    }

    /** All levels at the stride of one, merged: (B, channels, H / stride, W / stride). */
    NDArray joined(Features features) {
        return Scopes.keep(() -> {
            NDArray at = features.levels().get(target);
            NDList parts = new NDList();
            for (int i = 0; i < features.levels().size(); i++) {
                NDArray level = features.levels().get(i);
                if (i < target && Grids.height(level) % Grids.height(at) + Grids.width(level) % Grids.width(at) > 0) {
                    throw new UserException(
                            "The head depth-decoder needs levels that halve exactly, but one of %s is not a multiple of one of %s."
                                    .formatted(level.getShape(), at.getShape()));
                }
                parts.add(
                        i <= target
                                ? finer.get(i).apply(level)
                                : layers.kernels().resizeNearest(level, Grids.height(at), Grids.width(at)));
            }
            return Activation.relu(norm.apply(join.apply(NDArrays.concat(parts, 1))));
        });
    }
}
