package io.iedp.heads;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;
import io.iedp.nn.BatchNorm;
import io.iedp.nn.Conv2d;
import io.iedp.nn.Layers;
import io.iedp.nn.Scopes;

/** A convolution without bias that keeps the size, batch normalization, ReLU; named as mmcv's ConvModule names it. */
record ConvNormRelu(Conv2d convolution, BatchNorm norm) {
    /**
     * @param kernel rows and columns of the kernel, an odd number
     */
    static ConvNormRelu of(Layers layers, int in, int out, int kernel) {
        return new ConvNormRelu(
                layers.conv2d("conv", in, out, kernel, 1, kernel / 2, Initial.kaiming(out, kernel), false),
                layers.batchNorm("bn", out));
    }

    NDArray apply(NDArray x, boolean training) {
        return Scopes.keep(() -> Activation.relu(norm.apply(convolution.apply(x), training)));
    }
}
