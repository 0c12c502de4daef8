package ${package};

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.initializer.Initializer;
import ai.djl.training.initializer.UniformInitializer;
import io.iedp.api.backbone.Backbone;
import io.iedp.api.backbone.BackboneContext;
import io.iedp.api.backbone.FeatureLevel;
import io.iedp.api.backbone.Features;
import io.iedp.api.nn.Kernels;
import io.iedp.api.nn.Weights;
import java.util.List;

/** Two levels of convolutions, of strides 4 and 8; the mean of the guidance is added to the first. */
final class ${className} implements Backbone {
    private static final int CONTEXT = 16;

    private final Kernels kernels;
    private final int channels;
    private final NDArray stem; // (C, 3, 4, 4)
    private final NDArray guidance; // (C, CONTEXT)
    private final NDArray down; // (2 C, C, 2, 2)

    ${className}(${className}Config configuration, BackboneContext context) {
        kernels = context.kernels();
        channels = configuration.channels();
        Weights weights = context.weights();
        stem = weights.parameter("stem", new Shape(channels, 3, 4, 4), uniform(3 * 4 * 4));
        guidance = weights.parameter("guidance", new Shape(channels, CONTEXT), uniform(CONTEXT));
        down = weights.parameter("down", new Shape(2L * channels, channels, 2, 2), uniform(4 * channels));
    }

    private static Initializer uniform(int fanIn) {
        return new UniformInitializer((float) (1 / Math.sqrt(fanIn)));
    }

    @Override
    public List<FeatureLevel> levels() {
        return List.of(new FeatureLevel(channels, 4), new FeatureLevel(2 * channels, 8));
    }

    @Override
    public int contextWidth() {
        return CONTEXT;
    }

    @Override
    public int sizeMultiple() {
        return 8;
    }

    @Override
    public NDArray encode(NDArray pixels) {
        return kernels.conv2d(pixels, stem, 4, 0);
    }

    @Override
    public Features features(NDArray latents, NDArray context) {
        NDArray mean = kernels.linear(context.mean(new int[] {1}), guidance);
        NDArray fine = kernels.silu(latents.add(mean.reshape(new Shape(-1, channels, 1, 1))));
        return new Features(List.of(fine, kernels.conv2d(fine, down, 2, 0)));
    }
}
