package io.iedp.heads;

import ai.djl.ndarray.NDArray;
import io.iedp.nn.Layers;
import java.util.List;
import java.util.stream.IntStream;

/** Convolutions on one level, in training only; named as mmsegmentation's FCNHead names them. */
final class PlainHead {
    private final List<ConvNormRelu> convolutions;
    private final Classifier classifier;

    PlainHead(Layers layers, UperNetConfig.Auxiliary configuration, int in, int outputs) {
        int channels = configuration.channels();
        convolutions = IntStream.range(0, configuration.convolutions())
                .mapToObj(i -> ConvNormRelu.of(layers.at("convs." + i), i == 0 ? in : channels, channels, 3))
                .toList();
        classifier = Classifier.of(layers, channels, outputs, configuration.dropout());
    }

    NDArray forward(NDArray level) {
        NDArray x = level;
        for (ConvNormRelu convolution : convolutions) {
            x = convolution.apply(x, true);
        }
        return classifier.apply(x, true);
    }
}
