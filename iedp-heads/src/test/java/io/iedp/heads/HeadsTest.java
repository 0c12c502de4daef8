package io.iedp.heads;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import io.iedp.api.backbone.FeatureLevel;
import io.iedp.api.backbone.Features;
import io.iedp.api.head.Head;
import io.iedp.nn.Gradients;
import io.iedp.nn.ModelWeights;
import io.iedp.nn.testing.TorchTest;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What some heads share beyond the contract of all. */
class HeadsTest extends TorchTest {
    private static Head create(TestLevels.Kind kind, ModelWeights weights) {
        return kind.create(new TestLevels(kernels, weights, 0, TestLevels.SMALL, TestLevels.TOKENS, 3));
    }

    @ParameterizedTest
    @EnumSource(names = {"SEMANTIC_FPN", "UPERNET", "REFERRING_DECODER"})
    void attentionMapsCount(TestLevels.Kind kind) {
        Head head = create(kind, new ModelWeights(manager, 0));
        assertThat(head.attention().strides()).containsExactlyInAnyOrder(16, 32);
        try (NDScope scope = new NDScope();
                Gradients.Recording off = Gradients.pause()) {
            Features one = TestLevels.features(manager, TestLevels.SMALL, 1, 16, 16);
            Features other = new Features(
                    one.levels(),
                    TestLevels.features(manager, TestLevels.SMALL, 1, 16, 16).attention());
            NDArray change = head.forward(one, false).sub(head.forward(other, false));
            assertThat(change.abs().max().getFloat()).isPositive();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"SEMANTIC_FPN", "DEPTH_DECODER"})
    void stridesMustDouble(TestLevels.Kind kind) {
        List<FeatureLevel> uneven = List.of(new FeatureLevel(4, 16), new FeatureLevel(4, 24), new FeatureLevel(4, 32));
        TestLevels context = new TestLevels(kernels, new ModelWeights(manager, 0), 0, uneven, TestLevels.TOKENS, 2);
        String type = kind == TestLevels.Kind.DEPTH_DECODER ? "depth-decoder" : "semantic-fpn";
        assertThat(TestLevels.message(() -> kind.create(context)))
                .isEqualTo(
                        "The head %s needs features whose strides double, but the backbone's strides are [16, 24, 32]."
                                .formatted(type));
    }
}
