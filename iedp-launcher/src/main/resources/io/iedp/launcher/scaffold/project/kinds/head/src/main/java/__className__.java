package ${package};

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.initializer.Initializer;
import ai.djl.training.initializer.NormalInitializer;
import io.iedp.api.backbone.Features;
import io.iedp.api.head.Head;
import io.iedp.api.head.HeadContext;
import io.iedp.api.nn.Kernels;

/** One linear layer on the finest features. */
final class ${className} implements Head {
    private final Kernels kernels;
    private final NDArray weight; // (outputs, channels, 1, 1)
    private final NDArray bias; // (outputs)

    ${className}(${className}Config configuration, HeadContext context) {
        kernels = context.kernels();
        Shape shape = new Shape(context.outputs(), context.levels().get(0).channels(), 1, 1);
        weight = context.weights().parameter("weight", shape, new NormalInitializer((float) configuration.spread()));
        bias = context.weights().parameter("bias", new Shape(context.outputs()), Initializer.ZEROS);
    }

    @Override
    public NDArray forward(Features features, boolean training) {
        return kernels.conv2d(features.levels().get(0), weight, bias, 1, 0);
    }
}
