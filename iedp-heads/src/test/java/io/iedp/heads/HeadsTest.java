package io.iedp.heads;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import io.iedp.api.backbone.FeatureLevel;
import io.iedp.api.backbone.Features;
import io.iedp.api.head.Auxiliary;
import io.iedp.api.head.Head;
import io.iedp.nn.Gradients;
import io.iedp.nn.ModelWeights;
import io.iedp.nn.Parameter;
import io.iedp.nn.testing.TorchTest;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds for each head. */
class HeadsTest extends TorchTest {
    private static Head create(TestLevels.Kind kind, ModelWeights weights) {
        return kind.create(new TestLevels(kernels, weights, 0, TestLevels.SMALL, TestLevels.TOKENS, 3));
    }

    @ParameterizedTest
    @EnumSource
    void gradientsReachEveryParameter(TestLevels.Kind kind) {
        ModelWeights weights = new ModelWeights(manager, 0);
        Head head = create(kind, weights);
        try (NDScope scope = new NDScope();
                Gradients.Recording on = Gradients.record()) {
            Features features = TestLevels.features(manager, TestLevels.SMALL, 2, 16, 16);
            NDArray loss = head.forward(features, true).square().mean();
            for (Auxiliary extra : head.auxiliary(features)) {
                loss = loss.add(extra.output().square().mean());
            }
            Gradients.backward(loss);
            assertThat(weights.parameters()).isNotEmpty();
            for (Parameter parameter : weights.parameters()) {
                if (parameter.role() == Parameter.Role.TRAINED) {
                    NDArray gradient = Gradients.of(parameter.array()).orElseThrow(AssertionError::new);
                    assertThat(gradient.abs().max().getFloat())
                            .as(parameter.name())
                            .isFinite()
                            .isPositive();
                }
            }
        }
    }

    /** Sizes that no level but the finest halves: 9 x 13, 5 x 7, 3 x 4, 2 x 2. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "DEPTH_DECODER")
    void levelsNeedNotBeHalvesOfEachOther(TestLevels.Kind kind) {
        Head head = create(kind, new ModelWeights(manager, 0));
        try (NDScope scope = new NDScope();
                Gradients.Recording off = Gradients.pause()) {
            NDArray output = head.forward(TestLevels.features(manager, TestLevels.SMALL, 1, 9, 13), false);
            long scale = kind == TestLevels.Kind.REFERRING_DECODER ? 8 : 1;
            assertThat(output.getShape()).isEqualTo(new Shape(1, 3, 9 * scale, 13 * scale));
            assertThat(output.abs().max().getFloat()).isFinite().isPositive();
        }
    }

    @ParameterizedTest
    @EnumSource
    void samplesDoNotSeeEachOtherAtInference(TestLevels.Kind kind) {
        Head head = create(kind, new ModelWeights(manager, 0));
        try (NDScope scope = new NDScope();
                Gradients.Recording off = Gradients.pause()) {
            Features both = TestLevels.features(manager, TestLevels.SMALL, 2, 16, 8);
            NDArray first = head.forward(both.map(array -> array.get("0:1")), false);
            NDArray second = head.forward(both.map(array -> array.get("1:2")), false);
            NDArray together = head.forward(both, false);
            assertThat(together.sub(first.concat(second, 0)).abs().max().getFloat())
                    .isLessThan(1e-5f * together.abs().max().getFloat());
        }
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
