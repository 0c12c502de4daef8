package io.iedp.heads;

import ai.djl.ndarray.NDArray;
import io.iedp.api.nn.Kernels;
import io.iedp.nn.Conv2d;
import io.iedp.nn.Layers;

/**
 * The last layer, the same for each cell, named as mmsegmentation names it.
 *
 * @param dropout share of channels that are dropped before it, in training
 */
record Classifier(Kernels kernels, Conv2d convolution, double dropout) {
    static Classifier of(Layers layers, int in, int outputs, double dropout) {
        return new Classifier(
                layers.kernels(), layers.conv2d("conv_seg", in, outputs, 1, 1, 0, Initial.OUTPUT, true), dropout);
    }

    NDArray apply(NDArray x, boolean training) {
        return convolution.apply(training && dropout > 0 ? kernels.dropoutChannels(x, dropout) : x);
    }
}
