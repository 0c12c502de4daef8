package io.iedp.heads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import io.iedp.api.backbone.FeatureLevel;
import io.iedp.api.backbone.Features;
import io.iedp.nn.Layers;
import io.iedp.nn.ModelWeights;
import io.iedp.nn.Parameter;
import io.iedp.nn.testing.TorchTest;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinearHeadTest extends TorchTest {
    private static final List<FeatureLevel> LEVELS = List.of(new FeatureLevel(1, 8), new FeatureLevel(1, 16));

    private static LinearHead create(ModelWeights weights, LinearConfig.Levels levels, boolean norm) {
        return new LinearHead(new Layers(weights, kernels), new LinearConfig(levels, norm), LEVELS, 1);
    }

    private static Features features() {
        NDArray fine = manager.create(new float[] {1, 2, 3, 4}, new Shape(1, 1, 2, 2));
        return new Features(List.of(fine, manager.create(new float[] {10}, new Shape(1, 1, 1, 1))));
    }

    private static NDArray weight(ModelWeights weights) {
        return weights.parameters().stream()
                .filter(each -> each.name().equals("conv_seg.weight"))
                .map(Parameter::array)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void levelsAreResizedToTheFinestAndWeighed() {
        ModelWeights weights = new ModelWeights(manager, 0);
        LinearHead head = create(weights, LinearConfig.Levels.ALL, false);
        try (NDScope scope = new NDScope()) {
            weight(weights).set(new float[] {2, 0.5f});
            assertThat(head.forward(features(), true).toFloatArray())
                    .containsExactly(new float[] {7, 9, 11, 13}, within(1e-5f));
        }
    }

    @Test
    void theFinestAlone() {
        ModelWeights weights = new ModelWeights(manager, 0);
        LinearHead head = create(weights, LinearConfig.Levels.FINEST, true);
        try (NDScope scope = new NDScope()) {
            weight(weights).set(new float[] {1});
            // 1 to 4 have the mean 2.5 and the variance 1.25.
            float unit = (float) (1 / Math.sqrt(1.25));
            assertThat(head.forward(features(), true).toFloatArray())
                    .containsExactly(new float[] {-1.5f * unit, -0.5f * unit, 0.5f * unit, 1.5f * unit}, within(1e-4f));
        }
    }
}
