package io.iedp.heads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import io.iedp.api.backbone.AttentionMap;
import io.iedp.api.backbone.AttentionRequest;
import io.iedp.api.backbone.AttentionRequest.Part;
import io.iedp.api.backbone.FeatureLevel;
import io.iedp.api.backbone.Features;
import io.iedp.nn.testing.TorchTest;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AttentionMapsTest extends TorchTest {
    private static final List<FeatureLevel> LEVELS = List.of(new FeatureLevel(1, 8), new FeatureLevel(2, 16));

    private static AttentionMap map(Part part, int stride, float... values) {
        return new AttentionMap(part, stride, manager.create(values, new Shape(1, values.length, 1, 1)));
    }

    @Test
    void theirMeanComesBehindTheChannels() {
        AttentionMaps maps =
                new AttentionMaps(new AttentionConfig(List.of(16), List.of(Part.UP, Part.DOWN)), LEVELS, 3);
        assertThat(maps.request()).isEqualTo(new AttentionRequest(Set.of(16), Set.of(Part.UP, Part.DOWN), false));
        assertThat(maps.levels()).containsExactly(new FeatureLevel(1, 8), new FeatureLevel(5, 16));
        try (NDScope scope = new NDScope()) {
            NDArray fine = manager.ones(new Shape(1, 1, 2, 2));
            NDArray coarse = manager.create(new float[] {7, 8}, new Shape(1, 2, 1, 1));
            Features features = new Features(
                    List.of(fine, coarse),
                    List.of(
                            map(Part.DOWN, 16, 0.5f, 0.25f, 0.25f),
                            map(Part.DOWN, 32, 1, 0, 0),
                            map(Part.UP, 16, 0.1f, 0.25f, 0.65f)));
            assertThat(maps.join(features).get(0)).isEqualTo(fine);
            assertThat(maps.join(features, 1).toFloatArray())
                    .containsExactly(new float[] {7, 8, 0.3f, 0.25f, 0.45f}, within(1e-6f));
        }
    }

    @Test
    void noneAreAskedForByDefault() {
        AttentionMaps maps = new AttentionMaps(AttentionConfig.NONE, LEVELS, 3);
        assertThat(maps.request()).isEqualTo(AttentionRequest.NONE);
        assertThat(maps.levels()).isEqualTo(LEVELS);
    }

    @Test
    void stridesMustBeThoseOfLevels() {
        AttentionConfig configuration = new AttentionConfig(List.of(16, 64), List.of(Part.UP));
        assertThat(TestLevels.message(() -> new AttentionMaps(configuration, LEVELS, 3)))
                .isEqualTo("head.attention.strides names 64, but the backbone's features have the strides [8, 16].");
    }

    @Test
    void theBackboneMustHaveThem() {
        AttentionMaps maps = new AttentionMaps(new AttentionConfig(List.of(16), List.of(Part.UP)), LEVELS, 2);
        try (NDScope scope = new NDScope()) {
            Features features = new Features(
                    List.of(manager.ones(new Shape(1, 1, 2, 2)), manager.ones(new Shape(1, 2, 1, 1))),
                    List.of(map(Part.UP, 8, 0.5f, 0.5f)));
            assertThat(TestLevels.message(() -> maps.join(features)))
                    .isEqualTo("head.attention.strides names 16, but the parts [UP] of the backbone have no "
                            + "cross-attention of that stride, only of [8].");
        }
    }

    @Test
    void stridesNeedParts() {
        assertThatThrownBy(() -> new AttentionConfig(List.of(16), List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("parts must name at least one of down, mid and up");
    }
}
