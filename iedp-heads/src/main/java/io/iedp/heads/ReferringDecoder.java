package io.iedp.heads;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;
import io.iedp.api.UserException;
import io.iedp.api.backbone.AttentionRequest;
import io.iedp.api.backbone.FeatureLevel;
import io.iedp.api.backbone.Features;
import io.iedp.api.head.Head;
import io.iedp.nn.BatchNorm;
import io.iedp.nn.Conv2d;
import io.iedp.nn.Layers;
import io.iedp.nn.Scopes;
import java.util.ArrayList;
import java.util.List;

/**
 * The decoder of VPD for referring segmentation, which is that of LAVT (Yang et al., 2022): from coarse to fine, each
 * level is joined to what came before it, and two convolutions follow. Parameter names are those of its
 * SimpleDecoding; levels count from 1, the finest. All resizes keep the centres of the corners in place.
 */
final class ReferringDecoder implements Head {
    private final Layers layers;
    private final AttentionMaps maps;
    private final int stride;
    private final List<Step> steps = new ArrayList<>();
    private final Conv2d last;

    /** What joins one level. */
    private record Step(Conv2d first, BatchNorm firstNorm, Conv2d second, BatchNorm secondNorm) {
        /**
         * @param level the original's number of the coarser of the two levels
         */
        static Step of(Layers layers, int level, int in, int channels) {
            return new Step(
                    layers.conv2dNoBias("conv1_" + level, in, channels, 3, 1, 1),
                    layers.batchNorm("bn1_" + level, channels),
                    layers.conv2dNoBias("conv2_" + level, channels, channels, 3, 1, 1),
                    layers.batchNorm("bn2_" + level, channels));
        }

        NDArray apply(NDArray x, boolean training) {
            NDArray y = Activation.relu(firstNorm.apply(first.apply(x), training));
            return Activation.relu(secondNorm.apply(second.apply(y), training));
        }
    }

    ReferringDecoder(
            Layers layers, ReferringDecoderConfig configuration, List<FeatureLevel> levels, int tokens, int outputs) {
        if (levels.size() < 2) {
            throw new UserException(
                    "The head referring-decoder joins levels, so it needs two or more, but the backbone has one, of stride %s."
                            .formatted(levels.get(0).stride()));
        }
        this.layers = layers;
        maps = new AttentionMaps(configuration.attention(), levels, tokens);
        stride = levels.get(0).stride();
        int channels = configuration.channels();
        int before = maps.levels().get(levels.size() - 1).channels();
        for (int i = levels.size() - 2; i >= 0; i--) {
            steps.add(Step.of(layers, i + 2, before + maps.levels().get(i).channels(), channels));
            before = channels;
        }
        last = layers.conv2d("conv1_1", channels, outputs, 1, 1, 0);
    }

    @Override
    public AttentionRequest attention() {
        return maps.request();
    }

    /** Returns logits at the size of the padded picture. */
    @Override
    public NDArray forward(Features features, boolean training) {
        List<NDArray> levels = maps.join(features);
        NDArray x = levels.get(levels.size() - 1);
        for (int i = 0; i < steps.size(); i++) {
            NDArray coarse = x;
            NDArray level = levels.get(levels.size() - 2 - i);
            Step step = steps.get(i);
            x = Scopes.keep(() -> step.apply(
                    resize(coarse, Grids.height(level), Grids.width(level)).concat(level, 1), training));
        }
        NDArray logits = last.apply(x);
        return resize(logits, stride * Grids.height(logits), stride * Grids.width(logits));
    }

    private NDArray resize(NDArray x, int height, int width) {
        return layers.kernels().resizeBilinear(x, height, width, true);
    }
}
