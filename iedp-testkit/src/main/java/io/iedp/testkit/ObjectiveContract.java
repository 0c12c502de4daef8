package io.iedp.testkit;

import static io.iedp.testkit.TensorAssert.assertThatTensor;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import io.iedp.api.data.Batch;
import io.iedp.api.data.DatasetInfo;
import io.iedp.api.data.Sample;
import io.iedp.api.data.SampleOutline;
import io.iedp.api.nn.Kernels;
import io.iedp.api.nn.Weights;
import io.iedp.api.objective.ObjectiveContext;
import io.iedp.api.objective.ObjectiveMetrics;
import io.iedp.api.objective.PublishedFiles;
import io.iedp.api.objective.TrainingObjective;
import io.iedp.api.objective.TrainingObjectiveFactory;
import io.iedp.api.task.MetricReport;
import io.iedp.nn.Gradients;
import io.iedp.nn.ModelWeights;
import io.iedp.nn.TorchRuntime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * What holds for every training objective.
 *
 * @param <C> its configuration record
 */
public abstract class ObjectiveContract<C extends Record> extends NeuralContract<C, TrainingObjective> {
    @Override
    protected abstract TrainingObjectiveFactory<C> factory();

    /** What the objective is made for. */
    protected DatasetInfo data() {
        return Scenes.INFO;
    }

    /** Samples with all that the objective looks at. */
    protected List<Sample> samples(int count) {
        return Scenes.samples(count, 24, 16);
    }

    private record Host(Kernels kernels, Weights weights, long seed, DatasetInfo data) implements ObjectiveContext {}

    @Override
    TrainingObjective create(Weights weights) {
        return factory().create(configuration(), new Host(kernels(), weights, SEED, data()));
    }

    private TrainingObjective create() {
        return create(new ModelWeights(manager().newSubManager(), SEED));
    }

    private Batch batch(int count) {
        return Scenes.batch(manager(), samples(count));
    }

    private static NDList encode(TrainingObjective objective, Batch batch) {
        try (Gradients.Recording off = Gradients.pause()) {
            return objective.encode(batch);
        }
    }

    private static Map<String, NDArray> losses(TrainingObjective objective, Batch batch) {
        NDList encoded = encode(objective, batch);
        return TorchRuntime.get().seeded(SEED, () -> objective.losses(batch, encoded));
    }

    /** In training the losses, otherwise what is encoded, after a measurement, which must leave no trace. */
    @Override
    NDList run(TrainingObjective objective, int batch, boolean training) {
        Batch samples = batch(batch);
        if (training) {
            // Each twice, since what is done with them begins with a factor of 0.
            return new NDList(losses(objective, samples).values().stream()
                    .map(loss -> loss.broadcast(new Shape(2)))
                    .toArray(NDArray[]::new));
        }
        measure(objective, samples);
        return encode(objective, samples);
    }

    private static MetricReport measure(TrainingObjective objective, Batch batch) {
        try (Gradients.Recording off = Gradients.pause()) {
            ObjectiveMetrics metrics = objective.metrics();
            metrics.update(batch, objective.encode(batch));
            return metrics.report();
        }
    }

    @Test
    void lossesAreNumbersThatFollowFromTheSeed() {
        Map<String, Float> first = new LinkedHashMap<>();
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            losses(create(), batch(3)).forEach((name, loss) -> {
                assertThat(loss.getShape().dimension())
                        .as("%s is a scalar", name)
                        .isZero();
                assertThat(loss.getFloat()).as(name).isFinite();
                first.put(name, loss.getFloat());
            });
            assertThat(first).isNotEmpty();
            Map<String, Float> second = new LinkedHashMap<>();
            losses(create(), batch(3)).forEach((name, loss) -> second.put(name, loss.getFloat()));
            assertThat(second).isEqualTo(first);
        }
    }

    @Test
    void whatIsEncodedHasTheBatchFirst() {
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            TrainingObjective objective = create();
            NDList encoded = encode(objective, batch(3));
            assertThat(encoded)
                    .allSatisfy(array -> assertThat(array.getShape().get(0)).isEqualTo(3));
            assertThat(encoded.isEmpty() && objective.hasFrozenEncoder())
                    .as("what is kept is something")
                    .isFalse();
        }
    }

    @Test
    void measuringAgainGivesTheSameNumbers() {
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            TrainingObjective objective = create();
            Map<String, Double> once = measure(objective, batch(3)).values();
            Map<String, Double> again = TorchRuntime.get()
                    .seeded(SEED + 1, () -> measure(objective, batch(3)).values());

            assertThat(once).isNotEmpty().isEqualTo(again);
            assertThat(once.keySet())
                    .as("the metric that decides")
                    .contains(objective.goal().metric());
        }
    }

    @Test
    void everyPictureHasItsSample() {
        try (NDScope scope = new NDScope();
                Gradients.Recording off = Gradients.pause()) {
            scope.suppressNotUsedWarning();
            TrainingObjective objective = create();
            Batch batch = batch(2);

            assertThat(objective.pictures(batch, objective.encode(batch)).size())
                    .as("pictures of 2 samples")
                    .isIn(0, 2);
        }
    }

    @Test
    void whatItAsksForIsAsked() {
        samples(2)
                .forEach(sample -> assertThat(factory().check(configuration()).problem(SampleOutline.of(sample)))
                        .as("what is wrong with %s", sample.name())
                        .isEmpty());
    }

    @Test
    void whatIsPublishedIsInFilesOfItsFolder() {
        PublishedFiles files = create().published();
        assertThat(files.arrays()).isNotEmpty();
        assertThat(files.arrays().keySet()).allMatch(path -> path.endsWith(".safetensors"));
        assertThat(files.arrays().keySet())
                .doesNotContainAnyElementsOf(files.texts().keySet());
        for (String path : files.arrays().keySet()) {
            assertThat(path).doesNotStartWith("/").doesNotContain("..", "\\");
            assertThat(files.arrays().get(path)).as(path).isNotEmpty();
            files.arrays()
                    .get(path)
                    .forEach((name, array) -> assertThatTensor(array).as(name).isFinite());
        }
        assertThat(files.texts().keySet())
                .allSatisfy(path -> assertThat(path).doesNotStartWith("/").doesNotContain("..", "\\"));
    }
}
