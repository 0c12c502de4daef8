package io.iedp.testkit;

import static io.iedp.testkit.TensorAssert.assertThatTensor;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDScope;
import io.iedp.api.backbone.AttentionMap;
import io.iedp.api.backbone.AttentionRequest;
import io.iedp.api.backbone.FeatureLevel;
import io.iedp.api.backbone.Features;
import io.iedp.api.head.Head;
import io.iedp.api.head.HeadContext;
import io.iedp.api.head.HeadFactory;
import io.iedp.api.nn.Kernels;
import io.iedp.api.nn.Weights;
import io.iedp.nn.Gradients;
import io.iedp.nn.ModelWeights;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * What holds for every head.
 *
 * @param <C> its configuration record
 */
public abstract class HeadContract<C extends Record> extends NeuralContract<C, Head> {
    private static final int OUTPUTS = 3;
    private static final int TOKENS = 5;

    /** What a head may declare that it does not do. */
    public enum Behaviour {
        /** Levels whose sizes are not exact halves of each other, as of pictures that the host did not pad. */
        UNEVEN_SIZES,
        /** Levels whose strides do not double. */
        UNEVEN_STRIDES,
        /** A backbone with one level. */
        ONE_LEVEL,
        /** A training step of one picture. */
        TRAINING_ON_ONE_PICTURE
    }

    @Override
    protected abstract HeadFactory<C> factory();

    /** What the head does not do; the kit checks that it says so. */
    protected Set<Behaviour> unsupported() {
        return Set.of();
    }

    /** The levels of the backbone, fine to coarse, each of twice the stride. */
    protected List<FeatureLevel> levels() {
        return List.of(
                new FeatureLevel(8, 8), new FeatureLevel(12, 16), new FeatureLevel(16, 32), new FeatureLevel(20, 64));
    }

    private record Host(Kernels kernels, Weights weights, long seed, List<FeatureLevel> levels, int tokens, int outputs)
            implements HeadContext {}

    @Override
    Head create(Weights weights) {
        return create(weights, levels());
    }

    private Head create(Weights weights, List<FeatureLevel> levels) {
        return factory().create(configuration(), new Host(kernels(), weights, SEED, levels, TOKENS, OUTPUTS));
    }

    private Head create(List<FeatureLevel> levels) {
        return create(new ModelWeights(manager().newSubManager(), SEED), levels);
    }

    @Override
    NDList run(Head head, int batch, boolean training) {
        Features features = features(levels(), batch, 16, 24);
        NDList results = new NDList(head.forward(features, training));
        if (training) {
            head.auxiliary(features).forEach(each -> results.add(each.output()));
        }
        return results;
    }

    /** Features with maps of all strides and parts; the first picture's are the same in any batch. */
    private Features features(List<FeatureLevel> levels, int batch, int height, int width) {
        List<NDArray> arrays = new ArrayList<>();
        List<AttentionMap> maps = new ArrayList<>();
        for (FeatureLevel level : levels) {
            int ratio = level.stride() / levels.get(0).stride();
            int rows = (height + ratio - 1) / ratio;
            int columns = (width + ratio - 1) / ratio;
            arrays.add(wave(batch, level.channels(), rows, columns));
            for (AttentionRequest.Part part : AttentionRequest.Part.values()) {
                maps.add(new AttentionMap(
                        part, level.stride(), wave(batch, TOKENS, rows, columns).softmax(1)));
            }
        }
        long stride = levels.get(0).stride();
        return new Features(arrays, maps).of(wave(batch, 3, height * stride, width * stride));
    }

    @Test
    void givesOneMapForEachOutputWhateverBatchAndSize() {
        Head head = create(levels());
        int coarsest =
                levels().get(levels().size() - 1).stride() / levels().get(0).stride();
        try (NDScope scope = new NDScope();
                Gradients.Recording off = Gradients.pause()) {
            scope.suppressNotUsedWarning();
            for (int[] size : new int[][] {{1, 1, 2}, {3, 3, 1}, {2, 5, 3}}) {
                NDArray output =
                        head.forward(features(levels(), size[0], size[1] * coarsest, size[2] * coarsest), false);

                assertThatTensor(output).isNotZero();
                assertThat(output.getShape().dimension()).isEqualTo(4);
                assertThat(output.getShape().get(0)).as("pictures").isEqualTo(size[0]);
                assertThat(output.getShape().get(1)).as("outputs").isEqualTo(OUTPUTS);
                assertThat((double) output.getShape().get(2) / output.getShape().get(3))
                        .as("height over width")
                        .isEqualTo((double) size[1] / size[2]);
            }
        }
    }

    @Test
    void levelsNeedNotBeExactHalvesOfEachOther() {
        Head head = create(levels());
        try (NDScope scope = new NDScope();
                Gradients.Recording off = Gradients.pause()) {
            scope.suppressNotUsedWarning();
            Features uneven = features(levels(), 1, 9, 13);
            if (unsupported().contains(Behaviour.UNEVEN_SIZES)) {
                assertRefused("a level of an odd size", () -> head.forward(uneven, false));
            } else {
                assertThatTensor(head.forward(uneven, false)).isNotZero();
            }
        }
    }

    @Test
    void stridesNeedNotDouble() {
        tryLevels(
                Behaviour.UNEVEN_STRIDES,
                List.of(new FeatureLevel(8, 8), new FeatureLevel(12, 24), new FeatureLevel(16, 48)));
    }

    @Test
    void oneLevelIsEnough() {
        tryLevels(Behaviour.ONE_LEVEL, List.of(new FeatureLevel(8, 8)));
    }

    private void tryLevels(Behaviour behaviour, List<FeatureLevel> levels) {
        try (NDScope scope = new NDScope();
                Gradients.Recording off = Gradients.pause()) {
            scope.suppressNotUsedWarning();
            if (unsupported().contains(behaviour)) {
                assertRefused(behaviour.name(), () -> create(levels));
            } else {
                assertThatTensor(create(levels).forward(features(levels, 2, 12, 12), false))
                        .isNotZero();
            }
        }
    }

    @Test
    void onePictureCanBeTrainedOn() {
        Head head = create(levels());
        try (NDScope scope = new NDScope();
                Gradients.Recording off = Gradients.pause()) {
            scope.suppressNotUsedWarning();
            Features one = features(levels(), 1, 16, 16);
            if (unsupported().contains(Behaviour.TRAINING_ON_ONE_PICTURE)) {
                assertRefused("training on one picture", () -> head.forward(one, true));
            } else {
                assertThatTensor(head.forward(one, true)).isNotZero();
            }
        }
    }

    @Test
    void gradientsReachTheFeatures() {
        Head head = create(levels());
        try (NDScope scope = new NDScope();
                Gradients.Recording on = Gradients.record()) {
            scope.suppressNotUsedWarning();
            Features features = features(levels(), 2, 16, 16);
            features.levels().forEach(level -> level.setRequiresGradient(true));
            NDArray output = head.forward(features, true);
            Gradients.backward(output.mul(wave(output.getShape().getShape())).sum());

            assertThat(features.levels())
                    .as("levels that the head learns from")
                    .anyMatch(level -> Gradients.of(level).isPresent());
        }
    }

    @Test
    void theMapsThatItAsksForAreOfItsLevels() {
        AttentionRequest request = create(levels()).attention();

        assertThat(levels()).extracting(FeatureLevel::stride).containsAll(request.strides());
        assertThat(request.strides().isEmpty()).isEqualTo(request.parts().isEmpty());
    }
}
