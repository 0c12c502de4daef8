package io.iedp.heads;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;
import io.iedp.nn.BatchNorm;
import io.iedp.nn.Conv2d;
import io.iedp.nn.Layers;

/** A 3 x 3 convolution without bias, batch normalization, ReLU; named as mmcv's ConvModule names it. */
record ConvNormRelu(Conv2d convolution, BatchNorm norm) {
    static ConvNormRelu of(Layers layers, int in, int out) {
        return new ConvNormRelu(layers.conv2dNoBias("conv", in, out, 3, 1, 1), layers.batchNorm("bn", out));
    }

    NDArray apply(NDArray x, boolean training) {
        return Activation.relu(norm.apply(convolution.apply(x), training));
    }
}
