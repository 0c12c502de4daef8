package io.iedp.engine.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import ai.djl.ndarray.NDArray;
import io.iedp.api.UserException;
import io.iedp.api.hook.StepReport;
import io.iedp.api.task.Goal;
import io.iedp.config.experiment.Experiment;
import io.iedp.engine.MicroExperiment;
import io.iedp.engine.data.BatchLoader;
import io.iedp.engine.data.TrainingData;
import io.iedp.engine.model.Assembly;
import io.iedp.engine.model.PerceptionModel;
import io.iedp.nn.ModelWeights;
import io.iedp.nn.Parameter;
import io.iedp.nn.TorchKernels;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainingStepTest {
    private static final Goal GOAL = new Goal("mIoU", true);

    /** A model, its data and one training step after the other. */
    private static final class Steps implements AutoCloseable {
        private final TrainingData data;
        private final Assembly assembly;
        private final BatchLoader batches;
        private final Replicas replicas;
        private final TrainingState state;
        private final TrainingStep step;

        Steps(String... settings) {
            Experiment experiment = MicroExperiment.with(settings);
            data = TrainingData.open(experiment);
            assembly = Assembly.cached(experiment, data.train().info());
            batches = data.batches(0, 100);
            state = new TrainingState(experiment.training(), weights(), kernels(), GOAL);
            PerceptionModel model = assembly.model();
            replicas = new Replicas(
                    experiment, data.train().info(), new GradientPass(model, weights()), kernels(), assembly.cache());
            step = new TrainingStep(experiment, replicas, state.optimizer(), batches);
        }

        ModelWeights weights() {
            return assembly.weights();
        }

        TorchKernels kernels() {
            return assembly.kernels();
        }

        NDArray array(String name) {
            return weights().parameters().stream()
                    .filter(parameter -> parameter.name().equals(name))
                    .findFirst()
                    .orElseThrow()
                    .array();
        }

        /** What a step may change, by name. */
        Map<String, float[]> values(Parameter.Role role) {
            Map<String, float[]> values = new LinkedHashMap<>();
            weights().parameters().stream()
                    .filter(parameter -> parameter.role() == role)
                    .forEach(parameter ->
                            values.put(parameter.name(), parameter.array().toFloatArray()));
            return values;
        }

        @Override
        public void close() {
            step.close();
            replicas.close();
            state.close();
            batches.close();
            assembly.close();
            data.close();
        }
    }

    /** The mean of the means over equal parts is the mean; a head without batch normalization sees each sample by itself. */
    @Test
    void gradientsOfSeveralBatchesAreThoseOfOneLargeBatch() {
        String[] plain = {"head={type: linear, norm: false}", "data.augment=[]", "training.batch=4"};
        String[] parts = {
            "head={type: linear, norm: false}", "data.augment=[]", "training.batch=2", "training.accumulate=2"
        };
        try (Steps large = new Steps(plain);
                Steps accumulated = new Steps(parts)) {
            double loss = large.step.make(1).loss();

            assertThat(accumulated.step.make(1).loss()).isCloseTo(loss, within(1e-5));
            Map<String, NDArray> expected = large.state.moments();
            accumulated.state.moments().forEach((name, array) -> {
                if (name.startsWith("mean.")) {
                    assertClose(name, array.toFloatArray(), expected.get(name).toFloatArray());
                }
            });
        }
    }

    /** Likewise: every device's mean counts by its share of the samples. The second step begins with what the first gave. */
    @ParameterizedTest
    @ValueSource(strings = {"cpu,cpu", "cpu, cpu, cpu"})
    void severalDevicesComeToWhatOneDoes(String devices) {
        String[] settings = {"head={type: linear, norm: false}", "training.batch=4", "training.accumulate=2"};
        try (Steps one = new Steps(settings);
                Steps several =
                        new Steps(Stream.concat(Stream.of(settings), Stream.of("device='%s'".formatted(devices)))
                                .toArray(String[]::new))) {
            for (int step = 1; step <= 2; step++) {
                TrainingStep.Outcome expected = one.step.make(step);
                TrainingStep.Outcome outcome = several.step.make(step);

                assertThat(outcome.loss()).isCloseTo(expected.loss(), within(1e-4));
                assertThat(outcome.gradientNorm()).isCloseTo(expected.gradientNorm(), withinPercentage(0.1));
                assertThat(outcome.branches())
                        .containsOnlyKeys(expected.branches().keySet());
            }
            Map<String, NDArray> expected = one.state.moments();
            several.state.moments().forEach((name, array) -> {
                if (name.startsWith("mean.")) {
                    assertClose(name, array.toFloatArray(), expected.get(name).toFloatArray());
                }
            });
        }
    }

    @Test
    void batchesThatAreTooSmallForTheDevicesAreRefused() {
        assertThatThrownBy(() -> new Steps("device='cpu,cpu,cpu'"))
                .isInstanceOf(UserException.class)
                .hasMessage("training.batch is 2, but there are 3 devices to share each batch: cpu, cpu, cpu");
    }

    /** Bfloat16 has 8 bits of a number: products of one direction add up to nearly the same one. */
    @Test
    void gradientsOfBfloat16PointWhereThoseOf32BitsDo() {
        try (Steps exact = new Steps();
                Steps lowered = new Steps("precision=bf16");
                Steps again = new Steps("precision=bf16", "backbone.gradient-checkpointing=true")) {
            double loss = exact.step.make(1).loss();

            assertThat(lowered.step.make(1).loss()).isCloseTo(loss, withinPercentage(2));
            assertThat(again.step.make(1).loss()).isCloseTo(loss, withinPercentage(2));
            assertThat(cosine(lowered, exact)).isBetween(0.98, 0.999999);
            assertThat(cosine(again, lowered)).isGreaterThan(0.9999);
        }
    }

    /** Of the first means, which are a tenth of the gradients. */
    private static double cosine(Steps one, Steps other) {
        Map<String, NDArray> moments = other.state.moments();
        double product = 0;
        double ones = 0;
        double others = 0;
        for (Map.Entry<String, NDArray> entry : one.state.moments().entrySet()) {
            if (entry.getKey().startsWith("mean.")) {
                float[] a = entry.getValue().toFloatArray();
                float[] b = moments.get(entry.getKey()).toFloatArray();
                for (int i = 0; i < a.length; i++) {
                    product += (double) a[i] * b[i];
                    ones += (double) a[i] * a[i];
                    others += (double) b[i] * b[i];
                }
            }
        }
        return product / Math.sqrt(ones * others);
    }

    /** Adam's first step is as long as the learning rate: far below what bfloat16 could add to weights of 0.01 or more. */
    @Test
    void weightsKeep32BitsWhileBfloat16IsComputedWith() {
        try (Steps steps = new Steps("precision=bf16", "training.learning-rate=1e-6", "training.warmup=0")) {
            NDArray weight = steps.array("backbone.unet.conv_in.weight");
            float[] before = weight.toFloatArray();
            steps.step.make(1);
            float[] after = weight.toFloatArray();

            for (int i = 0; i < before.length; i++) {
                assertThat(Math.abs(after[i] - before[i])).isBetween(0.5e-6f, 1.5e-6f);
            }
        }
    }

    /** Relative to the largest; rounding of what is almost nothing does not count. */
    private static void assertClose(String name, float[] actual, float[] expected) {
        double largest = 1e-5;
        for (float value : expected) {
            largest = Math.max(largest, Math.abs(value));
        }
        for (int i = 0; i < expected.length; i++) {
            assertThat(Math.abs(actual[i] - expected[i]) / largest).as(name).isLessThan(1e-3);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"cpu", "cpu,cpu"})
    void aStepThatIsNotFiniteChangesNothingAndTooManyStopTheRun(String devices) {
        try (Steps steps = new Steps("training.max-bad-steps=2", "device='%s'".formatted(devices))) {
            assertThat(steps.step.make(1).skipped()).isFalse();
            NDArray weight = steps.array("backbone.unet.conv_in.weight");
            weight.set(new ai.djl.ndarray.index.NDIndex("0, 0, 0, 0"), Float.NaN);
            Map<String, float[]> trained = steps.values(Parameter.Role.TRAINED);
            Map<String, float[]> buffers = steps.values(Parameter.Role.BUFFER);

            TrainingStep.Outcome outcome = steps.step.make(2);

            assertThat(outcome.skipped()).isTrue();
            assertThat(outcome.loss()).isNaN();
            assertThat(buffers).isNotEmpty();
            assertSame(steps.values(Parameter.Role.TRAINED), trained);
            assertSame(steps.values(Parameter.Role.BUFFER), buffers);
            assertThatThrownBy(() -> steps.step.make(3))
                    .isInstanceOf(UserException.class)
                    .hasMessageContaining("step 3 is not a finite number, 2 in a row")
                    .hasMessageContaining("What is not finite first is the weight backbone.unet.conv_in.weight");
        }
    }

    @Test
    void aRunOfNothingButBadStepsFails() {
        try (Steps steps = new Steps("training.steps=1")) {
            steps.array("head.conv_seg.bias").set(new ai.djl.ndarray.index.NDIndex("0"), Float.NaN);

            assertThatThrownBy(() -> steps.step.make(1))
                    .isInstanceOf(UserException.class)
                    .hasMessageContaining("head.conv_seg.bias");
        }
    }

    private static void assertSame(Map<String, float[]> actual, Map<String, float[]> expected) {
        expected.forEach((name, values) -> assertThat(actual.get(name)).as(name).isEqualTo(values));
    }

    @Test
    void groupsHaveRatesAndDecaysOfTheirOwnAndFrozenOnesStay() {
        try (Steps steps = new Steps(
                "training.groups=[{match: backbone.vae.*, learning-rate: 0}, {match: head.*, weight-decay: 0.5}]")) {
            Map<String, float[]> before = steps.values(Parameter.Role.TRAINED);
            steps.step.make(1);
            Map<String, float[]> after = steps.values(Parameter.Role.TRAINED);

            before.keySet().stream()
                    .filter(name -> name.startsWith("backbone.vae"))
                    .forEach(name -> assertThat(after.get(name)).as(name).isEqualTo(before.get(name)));
            assertThat(after.get("backbone.unet.conv_in.weight"))
                    .isNotEqualTo(before.get("backbone.unet.conv_in.weight"));
            assertThat(steps.state.moments().keySet()).noneMatch(name -> name.contains("backbone.vae"));
            assertThat(ParameterGroups.of(
                            MicroExperiment.with("training.groups=[{match: head.*, weight-decay: 0.5}]")
                                    .training(),
                            steps.weights().parameters()))
                    .extracting(group -> group.decay())
                    .contains(0.5, 0.01, 0.0);
        }
    }

    @Test
    void aGroupMayNameWhatIsFrozenButNotWhatIsNowhere() {
        try (Steps steps = new Steps("backbone.train=none")) {
            assertThat(ParameterGroups.of(
                            MicroExperiment.with("training.groups=[{match: backbone.*, learning-rate: 0.1}]")
                                    .training(),
                            steps.weights().parameters()))
                    .extracting(group -> group.rate())
                    .containsOnly(1.0);
            Experiment mistyped = MicroExperiment.with("training.groups=[{match: bakbone.*, learning-rate: 0.1}]");
            assertThatThrownBy(() -> ParameterGroups.of(
                            mistyped.training(), steps.weights().parameters()))
                    .isInstanceOf(UserException.class)
                    .hasMessageStartingWith("training.groups: no trained parameter matches 'bakbone.*'")
                    .hasMessageContaining("head.conv_seg.*");
        }
    }

    /** Derived: the average begins at the weights, and step t keeps min(decay, (1 + t) / (10 + t)) of it. */
    @Test
    void theAverageFollowsTheWeightsAndIsMeasuredInTheirPlace() {
        try (Steps steps = new Steps("training.average=0.25")) {
            NDArray bias = steps.array("head.conv_seg.bias");
            WeightAverage average = steps.state.average().orElseThrow();
            float start = bias.toFloatArray()[0];
            double expected = start;
            for (int step = 1; step <= 4; step++) {
                bias.addi(1);
                average.afterStep(new StepReport(step, 4, 0, Map.of(), 0, 0, 0, 0, 0, 0));
                double kept = Math.min(0.25, (1.0 + step) / (10 + step));
                expected = kept * expected + (1 - kept) * (start + step);
            }

            double measured = average.within(() -> (double) bias.toFloatArray()[0]);

            assertThat(measured).isCloseTo(expected, within(1e-5));
            assertThat(bias.toFloatArray()[0]).isCloseTo(start + 4, within(1e-5f));
        }
    }

    @Test
    void samplesDoNotDependOnWhereTheLoaderBegins() {
        Experiment experiment = MicroExperiment.with("data.workers=1");
        Experiment busy = MicroExperiment.with("data.workers=4");
        try (TrainingData data = TrainingData.open(experiment);
                TrainingData other = TrainingData.open(busy);
                BatchLoader all = data.batches(0, 9);
                BatchLoader late = other.batches(5, 9)) {
            List<float[]> expected = java.util.stream.IntStream.range(0, 9)
                    .mapToObj(i -> all.next().pixels())
                    .toList();

            for (int i = 5; i < 9; i++) {
                assertThat(late.next().pixels()).isEqualTo(expected.get(i));
            }
        }
    }
}
