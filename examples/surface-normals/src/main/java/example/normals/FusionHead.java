package example.normals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.initializer.Initializer;
import ai.djl.training.initializer.UniformInitializer;
import io.iedp.api.backbone.FeatureLevel;
import io.iedp.api.backbone.Features;
import io.iedp.api.head.Head;
import io.iedp.api.head.HeadContext;
import io.iedp.api.nn.Kernels;
import io.iedp.api.nn.Weights;
import java.util.ArrayList;
import java.util.List;

/** Brings all levels to the finest one's size and one width, adds them up, and predicts from the sum. */
final class FusionHead implements Head {
    private final Kernels kernels;
    private final List<Convolution> lateral = new ArrayList<>();
    private final Convolution mix;
    private final Convolution last;

    FusionHead(FusionHeadConfig configuration, HeadContext context) {
        kernels = context.kernels();
        int width = configuration.channels();
        for (FeatureLevel level : context.levels()) {
            lateral.add(convolution(context, "lateral." + lateral.size(), level.channels(), width, 1));
        }
        mix = convolution(context, "mix", width, width, 3);
        last = convolution(context, "last", width, context.outputs(), 1);
    }

    /** A convolution with its two parameters. */
    private record Convolution(Kernels kernels, NDArray weight, NDArray bias, int padding) {
        NDArray apply(NDArray x) {
            return kernels.conv2d(x, weight, bias, 1, padding);
        }
    }

    private static Convolution convolution(HeadContext context, String name, int in, int out, int kernel) {
        Weights own = context.weights().scope(name);
        Initializer uniform = new UniformInitializer((float) (1 / Math.sqrt(in * kernel * kernel)));
        return new Convolution(
                context.kernels(),
                own.parameter("weight", new Shape(out, in, kernel, kernel), uniform),
                own.parameter("bias", new Shape(out), uniform),
                kernel / 2);
    }

    @Override
    public NDArray forward(Features features, boolean training) {
        Shape finest = features.levels().get(0).getShape();
        NDArray sum = null; // (B, channels, H, W)
        for (int i = 0; i < lateral.size(); i++) {
            NDArray level = lateral.get(i).apply(features.levels().get(i));
            NDArray sized = kernels.resizeBilinear(level, (int) finest.get(2), (int) finest.get(3));
            sum = sum == null ? sized : sum.add(sized);
        }
        return last.apply(kernels.silu(mix.apply(kernels.silu(sum))));
    }
}
