package io.iedp.testkit;

import static io.iedp.testkit.TensorAssert.assertThatTensor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import io.iedp.api.UserException;
import io.iedp.api.data.Batch;
import io.iedp.api.data.DatasetInfo;
import io.iedp.api.data.Raster;
import io.iedp.api.data.RgbImage;
import io.iedp.api.data.Sample;
import io.iedp.api.nn.Kernels;
import io.iedp.api.task.Baseline;
import io.iedp.api.task.LegendEntry;
import io.iedp.api.task.MetricReport;
import io.iedp.api.task.Metrics;
import io.iedp.api.task.Task;
import io.iedp.api.task.TaskContext;
import io.iedp.api.task.TaskFactory;
import io.iedp.nn.Gradients;
import io.iedp.nn.TorchKernels;
import io.iedp.nn.TorchRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What holds for every task.
 *
 * @param <C> its configuration record
 */
public abstract class TaskContract<C extends Record> extends ComponentContract<C> {
    private static final int WIDTH = 24;
    private static final int HEIGHT = 16;

    private NDManager root;
    private TorchKernels torch;

    @Override
    protected abstract TaskFactory<C> factory();

    /** What the task is made for. */
    protected DatasetInfo data() {
        return Scenes.INFO;
    }

    /** Samples with the targets that the task learns from, all of one size. */
    protected List<Sample> samples(int count, int width, int height) {
        return Scenes.samples(count, width, height);
    }

    @BeforeEach
    final void open() {
        root = TorchRuntime.get().newManager(Device.cpu());
        torch = TorchKernels.load();
    }

    @AfterEach
    final void close() {
        torch.close();
        root.close();
    }

    private record Host(Kernels kernels, DatasetInfo data) implements TaskContext {}

    private Task create() {
        return factory().create(configuration(), new Host(torch, data()));
    }

    private NDArray wave(long... dimensions) {
        Shape shape = new Shape(dimensions);
        return root.arange((float) shape.size()).mul(0.7f).sin().reshape(shape);
    }

    /** The head's output may be of another resolution than the picture. */
    @Test
    void theLossIsANumberThatTheOutputLearnsFrom() {
        Task task = create();
        assertThat(task.objective().outputs()).isPositive();
        for (int[] size : new int[][] {{1, HEIGHT, WIDTH}, {3, HEIGHT / 4, WIDTH / 4}, {2, 2 * HEIGHT, 2 * WIDTH}}) {
            try (NDScope scope = new NDScope();
                    Gradients.Recording on = Gradients.record()) {
                scope.suppressNotUsedWarning();
                Batch batch = Scenes.batch(
                        root,
                        samples(size[0], WIDTH, HEIGHT).stream()
                                .map(task.objective()::prepare)
                                .toList());
                NDArray output = wave(size[0], task.objective().outputs(), size[1], size[2]);
                output.setRequiresGradient(true);

                NDArray loss = task.objective().loss(output, batch);
                Gradients.backward(loss);

                assertThatTensor(loss).hasShape().isFinite();
                assertThatTensor(Gradients.of(output).orElseThrow()).isNotZero();
            }
        }
    }

    /** Pixels without a reading teach nothing, and a picture of nothing else breaks nothing. */
    @Test
    void whatHasNoTruthTeachesNothing() {
        Task task = create();
        try (NDScope scope = new NDScope();
                Gradients.Recording on = Gradients.record()) {
            scope.suppressNotUsedWarning();
            Sample sample = samples(1, WIDTH, HEIGHT).get(0);
            if (sample.targets().values().stream().anyMatch(raster -> Float.isNaN(raster.invalid()))
                    && Float.isNaN(task.measure().truth(sample).invalid())) {
                return;
            }
            NDArray output = wave(1, task.objective().outputs(), HEIGHT, WIDTH);
            output.setRequiresGradient(true);
            Batch batch = Scenes.batch(root, List.of(task.objective().prepare(withoutReadings(sample))));

            NDArray loss = task.objective().loss(output, batch);
            Gradients.backward(loss);

            assertThatTensor(loss).isZero();
            assertThatTensor(Gradients.of(output).orElseThrow()).isZero();
        }
    }

    private static Sample withoutReadings(Sample sample) {
        Map<String, Raster> targets = new HashMap<>();
        sample.targets().forEach((name, raster) -> {
            float[] values = raster.values().clone();
            if (!Float.isNaN(raster.invalid())) {
                Arrays.fill(values, raster.invalid());
            }
            targets.put(name, new Raster(raster.width(), raster.height(), raster.channels(), values, raster.invalid()));
        });
        return new Sample(sample.name(), sample.image(), targets, sample.texts());
    }

    @Test
    void aSampleWithoutTheTruthIsNamed() {
        Sample blind = samples(1, WIDTH, HEIGHT).get(0).withoutTargets();

        Throwable failure = catchThrowable(() -> create().measure().truth(blind));

        assertThat(failure).as("a sample without its truth").isInstanceOf(UserException.class);
        assertWellFormed((UserException) failure);
        assertThat(failure.getMessage()).contains(blind.name());
    }

    @Test
    void predictionsHaveThePicturesSizeWhateverItIs() {
        Task task = create();
        for (int[] size : new int[][] {{HEIGHT, WIDTH}, {7, 13}}) {
            try (NDScope scope = new NDScope();
                    Gradients.Recording off = Gradients.pause()) {
                scope.suppressNotUsedWarning();
                Batch batch = Scenes.batch(root, samples(2, size[1], size[0]));
                AtomicInteger passes = new AtomicInteger();
                NDArray output = task.protocol()
                        .infer(
                                part -> {
                                    passes.incrementAndGet();
                                    Shape shape = part.pixels().getShape();
                                    return wave(shape.get(0), task.objective().outputs(), shape.get(2), shape.get(3));
                                },
                                batch);
                assertThatTensor(output).isFinite();
                assertThat(output.getShape().get(0)).isEqualTo(2);
                assertThat(task.protocol().passes(size[0], size[1]))
                        .as("passes() of the protocol, against those that infer() made")
                        .isEqualTo(passes.get());

                Raster decoded = task.protocol().decode(output.get(0));

                assertThat(new int[] {decoded.height(), decoded.width()}).isEqualTo(size);
            }
        }
    }

    @Test
    void theTruthItselfIsTheBestPrediction() {
        Task task = create();
        Metrics right = task.measure().metrics();
        Metrics wrong = task.measure().metrics();
        List<Sample> samples = samples(4, WIDTH, HEIGHT);
        for (int i = 0; i < samples.size(); i++) {
            Raster truth = task.measure().truth(samples.get(i));
            right.update(truth, truth);
            wrong.update(task.measure().truth(samples.get((i + 1) % samples.size())), truth);
        }

        MetricReport best = right.report();
        String goal = task.measure().goal().metric();

        assertThat(best.values()).containsKey(goal);
        assertThat(best.values().get(goal)).isFinite();
        assertThat(task.measure()
                        .goal()
                        .better(best.values().get(goal), wrong.report().values().get(goal)))
                .as("%s of the truth, %s, against that of other pictures, %s", goal, best, wrong.report())
                .isTrue();
        assertThat(best.tables())
                .allSatisfy(table -> assertThat(table.rows())
                        .allSatisfy(row -> assertThat(row).hasSameSizeAs(table.columns())));
    }

    @Test
    void withoutPicturesThereAreNoNumbers() {
        Task task = create();

        MetricReport report = task.measure().metrics().report();

        assertThat(report.values().get(task.measure().goal().metric())).isNaN();
    }

    @Test
    void theBaselineHasThePicturesSize() {
        Task task = create();
        task.measure().baseline().ifPresent(baseline -> {
            samples(3, WIDTH, HEIGHT)
                    .forEach(sample -> baseline.observe(task.measure().truth(sample)));
            check(baseline, task);
        });
    }

    private static void check(Baseline baseline, Task task) {
        Raster predicted = baseline.predict(9, 5);
        assertThat(baseline.name()).isNotBlank();
        assertThat(new int[] {predicted.width(), predicted.height()}).isEqualTo(new int[] {9, 5});
        assertThat(task.drawing().draw(predicted)).isNotNull();
    }

    @Test
    void picturesAndLegendShowThePrediction(@TempDir Path folder) throws IOException {
        Task task = create();
        Sample sample = samples(1, WIDTH, HEIGHT).get(0);
        Raster truth = task.measure().truth(sample);

        RgbImage drawn = task.drawing().draw(truth);
        RgbImage overlay = task.drawing().overlay(sample.image(), truth);
        Path file = folder.resolve("prediction.png");
        task.drawing().write(truth, file);

        assertThat(drawn.width()).isEqualTo(WIDTH);
        assertThat(drawn.height()).as("the picture and what is below it").isGreaterThanOrEqualTo(HEIGHT);
        assertThat(overlay.width()).isEqualTo(WIDTH);
        assertThat(Files.size(file)).isPositive();
        assertThat(task.drawing().legend()).extracting(LegendEntry::name).doesNotContain("");
    }
}
