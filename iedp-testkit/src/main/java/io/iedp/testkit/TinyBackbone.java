package io.iedp.testkit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.iedp.api.backbone.Backbone;
import io.iedp.api.backbone.FeatureLevel;
import io.iedp.api.backbone.Features;
import io.iedp.api.nn.Kernels;
import io.iedp.api.nn.Weights;
import io.iedp.nn.Conv2d;
import io.iedp.nn.Layers;
import io.iedp.nn.Linear;
import java.util.List;

/** A backbone of a few thousand numbers, for tests of what goes before and after one: two levels, of strides 4 and 8. */
public final class TinyBackbone implements Backbone {
    private static final int WIDTH = 8;

    private final Kernels kernels;
    private final Conv2d stem;
    private final Conv2d down;
    private final Linear guidance;

    /** With random weights in that scope. */
    public TinyBackbone(Weights weights, Kernels kernels) {
        Layers layers = new Layers(weights, kernels);
        this.kernels = kernels;
        this.stem = layers.conv2d("stem", 3, WIDTH, 4, 4, 0);
        this.guidance = layers.linear("guidance", WIDTH, WIDTH);
        this.down = layers.conv2d("down", WIDTH, 2 * WIDTH, 2, 2, 0);
    }

    @Override
    public List<FeatureLevel> levels() {
        return List.of(new FeatureLevel(WIDTH, 4), new FeatureLevel(2 * WIDTH, 8));
    }

    @Override
    public int contextWidth() {
        return WIDTH;
    }

    @Override
    public int sizeMultiple() {
        return 8;
    }

    @Override
    public NDArray encode(NDArray pixels) {
        return stem.apply(pixels);
    }

    @Override
    public Features features(NDArray latents, NDArray context) {
        NDArray mean = guidance.apply(context.mean(new int[] {1}));
        NDArray fine = kernels.silu(latents.add(mean.reshape(new Shape(-1, WIDTH, 1, 1))));
        return new Features(List.of(fine, down.apply(fine)));
    }
}
