package io.iedp.heads;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import io.iedp.api.nn.Kernels;
import io.iedp.nn.BatchNorm;
import io.iedp.nn.Conv2d;
import io.iedp.nn.Layers;
import io.iedp.nn.Scopes;
import java.util.ArrayList;
import java.util.List;

/**
 * VPD's way from joined features to depth: transposed convolutions that double the size, a convolution, two bilinear
 * doublings, two convolutions. Parameter names are those of its {@code decoder.} and {@code last_layer_depth.}.
 */
public final class DepthUpsampling {
    private final Kernels kernels;
    private final List<Doubling> doublings = new ArrayList<>();
    private final Conv2d convolution;
    private final BatchNorm norm;
    private final Conv2d first;
    private final Conv2d last;

    /**
     * A transposed convolution that doubles the size.
     *
     * @param kernel 2, 3 or 4
     */
    public record Stage(int channels, int kernel) {}

    private record Doubling(Kernels kernels, NDArray weight, BatchNorm norm) {
        static Doubling of(Layers layers, int place, int in, Stage stage) {
            Shape shape = new Shape(in, stage.channels(), stage.kernel(), stage.kernel());
            return new Doubling(
                    layers.kernels(),
                    layers.at("" + place).parameter("weight", shape, Initial.DEPTH),
                    layers.batchNorm("" + (place + 1), stage.channels()));
        }

        NDArray apply(NDArray x, boolean training) {
            int padding = (int) (weight.getShape().get(2) - 1) / 2;
            return Scopes.keep(() -> {
                NDArray y = kernels.transposedConv2d(x, weight, 2, padding, 2 * Grids.height(x), 2 * Grids.width(x));
                return Activation.relu(norm.apply(y, training));
            });
        }
    }

    /**
     * @param channels of the last layers
     */
    public DepthUpsampling(Layers layers, int in, List<Stage> stages, int channels, int outputs) {
        kernels = layers.kernels();
        Layers decoder = layers.at("decoder");
        int before = in;
        for (int i = 0; i < stages.size(); i++) {
            // The original's lists have ReLU, too, which has no parameters.
            doublings.add(Doubling.of(decoder.at("deconv_layers"), 3 * i, before, stages.get(i)));
            before = stages.get(i).channels();
        }
        convolution = decoder.conv2d("conv_layers.0", before, channels, 3, 1, 1, Initial.DEPTH, true);
        norm = decoder.batchNorm("conv_layers.1", channels);
        first = layers.conv2d("last_layer_depth.0", channels, channels, 3, 1, 1, Initial.DEPTH, true);
        last = layers.conv2d("last_layer_depth.2", channels, outputs, 3, 1, 1, Initial.DEPTH, true);
    }

    /**
     * @param x (B, in, H, W)
     * @return (B, outputs, 4 * 2^stages * H, likewise for W), any real numbers
     */
    NDArray forward(NDArray x, boolean training) {
        return Scopes.keep(() -> depth(features(x, training)));
    }

    /** What depth is read off: (B, channels, 4 * 2^stages * H, likewise for W). */
    public NDArray features(NDArray x, boolean training) {
        NDArray doubled = x;
        for (Doubling doubling : doublings) {
            doubled = doubling.apply(doubled, training);
        }
        NDArray small = doubled;
        return Scopes.keep(() -> twice(twice(Activation.relu(norm.apply(convolution.apply(small), training)))));
    }

    /** (B, channels, H, W) to (B, outputs, H, W). */
    public NDArray depth(NDArray features) {
        return last.apply(Activation.relu(first.apply(features)));
    }

    private NDArray twice(NDArray x) {
        return kernels.resizeBilinear(x, 2 * Grids.height(x), 2 * Grids.width(x));
    }
}
