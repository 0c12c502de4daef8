package io.iedp.heads;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import io.iedp.nn.Layers;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Pyramid pooling (Zhao et al., Pyramid Scene Parsing Network, 2017, section 3.2): a level beside its means over grids
 * of parts, merged. Parameter names are those of mmsegmentation's UPerHead.
 */
final class PyramidPooling {
    private final Layers layers;
    private final List<Integer> scales;
    private final List<ConvNormRelu> parts;
    private final ConvNormRelu bottleneck;

    /**
     * @param scales cells along an edge of each grid
     */
    PyramidPooling(Layers layers, int in, int channels, List<Integer> scales) {
        this.layers = layers;
        this.scales = scales;
        parts = IntStream.range(0, scales.size())
                .mapToObj(i -> ConvNormRelu.of(layers.at("psp_modules.%s.1".formatted(i)), in, channels, 1))
                .toList();
        bottleneck = ConvNormRelu.of(layers.at("bottleneck"), in + scales.size() * channels, channels, 3);
    }

    NDArray forward(NDArray x, boolean training) {
        NDList joined = new NDList(x);
        for (int i = 0; i < parts.size(); i++) {
            NDArray means = layers.kernels().averagePool(x, scales.get(i), scales.get(i));
            joined.add(Grids.resize(layers.kernels(), parts.get(i).apply(means, training), x));
        }
        return bottleneck.apply(NDArrays.concat(joined, 1), training);
    }
}
