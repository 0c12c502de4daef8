package io.iedp.testkit;

import static io.iedp.testkit.TensorAssert.assertThatTensor;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import io.iedp.api.backbone.AttentionRequest;
import io.iedp.api.backbone.Backbone;
import io.iedp.api.backbone.BackboneContext;
import io.iedp.api.backbone.BackboneFactory;
import io.iedp.api.backbone.FeatureLevel;
import io.iedp.api.backbone.Features;
import io.iedp.api.nn.Kernels;
import io.iedp.api.nn.Weights;
import io.iedp.nn.Gradients;
import io.iedp.nn.ModelWeights;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * What holds for every backbone.
 *
 * @param <C> its configuration record
 */
public abstract class BackboneContract<C extends Record> extends NeuralContract<C, Backbone> {
    /** What a backbone may declare that it does not do. */
    public enum Behaviour {
        /** Cross-attention maps. */
        ATTENTION_MAPS,
        /** Features that depend on the guidance. */
        GUIDANCE
    }

    @Override
    protected abstract BackboneFactory<C> factory();

    /** What the backbone does not do; the kit checks that it says so. */
    protected Set<Behaviour> unsupported() {
        return Set.of();
    }

    private record Host(Kernels kernels, Weights weights, long seed) implements BackboneContext {}

    @Override
    Backbone create(Weights weights) {
        return factory().create(configuration(), new Host(kernels(), weights, SEED));
    }

    private Backbone create() {
        return create(new ModelWeights(manager().newSubManager(), SEED));
    }

    private NDArray pixels(Backbone backbone, int batch, int rows, int columns) {
        int edge = backbone.sizeMultiple();
        return wave(batch, 3, (long) rows * edge, (long) columns * edge)
                .mul(0.5f)
                .add(0.5f);
    }

    @Override
    NDList run(Backbone backbone, int batch, boolean training) {
        NDArray latents = backbone.encode(pixels(backbone, batch, 2, 3));
        return new NDList(backbone.features(latents, wave(batch, 5, backbone.contextWidth()))
                .levels());
    }

    @Test
    void givesTheLevelsThatItSaysWhateverBatchSizeAndTokens() {
        Backbone backbone = create();
        assertThat(backbone.sizeMultiple()).isPositive();
        assertThat(backbone.levels()).isNotEmpty();
        assertThat(backbone.levels())
                .as("strides, fine to coarse")
                .isSortedAccordingTo((one, other) -> Integer.compare(one.stride(), other.stride()));
        for (int[] size : new int[][] {{1, 1, 3, 1}, {3, 2, 1, 7}}) {
            try (NDScope scope = new NDScope();
                    Gradients.Recording off = Gradients.pause()) {
                scope.suppressNotUsedWarning();
                NDArray latents = backbone.encode(pixels(backbone, size[0], size[1], size[2]));
                Features features = backbone.features(latents, wave(size[0], size[3], backbone.contextWidth()));

                assertThat(features.levels()).hasSameSizeAs(backbone.levels());
                for (int i = 0; i < backbone.levels().size(); i++) {
                    FeatureLevel level = backbone.levels().get(i);
                    int edge = backbone.sizeMultiple();
                    assertThat(edge % level.stride())
                            .as("the size that pictures are padded to is a multiple of stride %d", level.stride())
                            .isZero();
                    assertThatTensor(features.levels().get(i))
                            .hasShape(
                                    size[0],
                                    level.channels(),
                                    (long) size[1] * edge / level.stride(),
                                    (long) size[2] * edge / level.stride())
                            .isNotZero();
                }
            }
        }
    }

    @Test
    void theGuidanceCountsAndLearns() {
        Backbone backbone = create();
        try (NDScope scope = new NDScope();
                Gradients.Recording on = Gradients.record()) {
            scope.suppressNotUsedWarning();
            NDArray latents = backbone.encode(pixels(backbone, 1, 2, 2));
            NDArray context = wave(1, 5, backbone.contextWidth());
            context.setRequiresGradient(true);
            NDArray coarsest = last(backbone.features(latents, context));
            NDArray other = last(backbone.features(latents, context.mul(-1)));
            if (unsupported().contains(Behaviour.GUIDANCE)) {
                assertThatTensor(other).hasSameValuesAs(coarsest);
            } else {
                assertThatTensor(other).differsFrom(coarsest);
                Gradients.backward(
                        coarsest.mul(wave(coarsest.getShape().getShape())).sum());
                assertThat(Gradients.of(context))
                        .as("the gradient of the guidance")
                        .isPresent();
                assertThatTensor(Gradients.of(context).orElseThrow()).isNotZero();
            }
        }
    }

    private static NDArray last(Features features) {
        return features.levels().get(features.levels().size() - 1);
    }

    @Test
    void attentionMapsAreThoseThatAreAskedFor() {
        Backbone backbone = create();
        try (NDScope scope = new NDScope();
                Gradients.Recording off = Gradients.pause()) {
            scope.suppressNotUsedWarning();
            NDArray latents = backbone.encode(pixels(backbone, 2, 2, 2));
            NDArray context = wave(2, 5, backbone.contextWidth());
            assertThat(backbone.features(latents, context, AttentionRequest.NONE)
                            .attention())
                    .isEmpty();
            Set<Integer> strides =
                    backbone.levels().stream().map(FeatureLevel::stride).collect(Collectors.toSet());
            AttentionRequest all = new AttentionRequest(strides, Set.of(AttentionRequest.Part.values()), false);
            if (unsupported().contains(Behaviour.ATTENTION_MAPS)) {
                assertRefused("attention maps", () -> backbone.features(latents, context, all));
                return;
            }
            Features features = backbone.features(latents, context, all);
            assertThat(features.attention()).isNotEmpty().allSatisfy(map -> {
                assertThat(strides).contains(map.stride());
                long cells = 2L * backbone.sizeMultiple() / map.stride();
                assertThatTensor(map.weights()).hasShape(2, 5, cells, cells);
                assertThatTensor(map.weights().sum(new int[] {1}))
                        .isCloseTo(manager().ones(new Shape(2, cells, cells)), 1e-4);
            });
        }
    }
}
