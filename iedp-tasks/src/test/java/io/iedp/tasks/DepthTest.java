package io.iedp.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
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
import io.iedp.api.task.ForwardPass;
import io.iedp.api.task.Goal;
import io.iedp.api.task.Metrics;
import io.iedp.api.task.TaskContext;
import io.iedp.io.image.ImageFiles;
import io.iedp.nn.testing.TorchTest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DepthTest extends TorchTest {
    private static final double MAX = 10;

    @TempDir
    private Path work;

    private static Depth task(DepthConfig configuration, double maxDepthOfData) {
        return (Depth) new DepthFactory().create(configuration, new TaskContext() {
            @Override
            public Kernels kernels() {
                return kernels;
            }

            @Override
            public DatasetInfo data() {
                return new DatasetInfo(List.of(), maxDepthOfData);
            }
        });
    }

    private static Sample sample(float... depth) {
        RgbImage image = new RgbImage(depth.length, 1, new byte[3 * depth.length]);
        return new Sample("hall_3", image, Map.of(Sample.DEPTH, Raster.depth(depth.length, 1, depth)), Map.of());
    }

    /** One output a pixel: twice its red, minus one. */
    private static final ForwardPass PIXELWISE =
            batch -> batch.pixels().get(":, 0:1").mul(2).sub(1);

    private static NDArray expected(NDArray pixels) {
        return pixels.get(":, 0:1").mul(2).sub(1).neg().exp().add(1).pow(-1).mul(MAX);
    }

    @ParameterizedTest
    @CsvSource({"1, false", "1, true", "2, false", "5, true"})
    void windowsAndMirrorsOfAPixelwisePredictorGiveWhatTheWholeGives(int windows, boolean flip) {
        try (NDScope scope = new NDScope()) {
            NDArray pixels = manager.randomUniform(0, 1, new Shape(2, 3, 20, 33));
            NDArray output = task(Configs.depth(windows, flip, false), MAX).infer(PIXELWISE, Batch.of(pixels));
            assertThat(output.getShape()).isEqualTo(new Shape(2, 1, 20, 33));
            assertThat(output.sub(expected(pixels)).abs().max().getFloat()).isLessThan(1e-5f);
        }
    }

    /** VPD on NYU Depth v2: two square windows and the mirror image of each; metres are averaged, not outputs. */
    @Test
    void depthsOfWindowsAndMirrorsAreAveraged() {
        try (NDScope scope = new NDScope()) {
            List<Shape> seen = new ArrayList<>();
            double[] outputs = {-2, -1, 1, 2};
            ForwardPass pass = batch -> {
                seen.add(batch.pixels().getShape());
                return manager.full(new Shape(1, 1, 48, 48), (float) outputs[seen.size() - 1]);
            };
            NDArray output = task(Configs.depth(2, true, false), MAX)
                    .infer(pass, Batch.of(manager.zeros(new Shape(1, 3, 48, 64))));
            assertThat(seen).hasSize(4).containsOnly(new Shape(1, 3, 48, 48));
            double left = (sigmoid(-2) + sigmoid(-1)) / 2 * MAX;
            double right = (sigmoid(1) + sigmoid(2)) / 2 * MAX;
            float[] row = output.get("0, 0, 7").toFloatArray();
            for (int x = 0; x < 64; x++) {
                double wanted = x < 16 ? left : x < 48 ? (left + right) / 2 : right;
                assertThat((double) row[x]).as("column %d", x).isEqualTo(wanted, within(1e-5));
            }
        }
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    @Test
    void onlyTheBenchmarksPartIsPredictedIfThatIsAsked() {
        try (NDScope scope = new NDScope()) {
            NDArray pixels = manager.randomUniform(0, 1, new Shape(1, 3, 355, 1220));
            List<Shape> seen = new ArrayList<>();
            Depth task = task(Configs.depth(1, false, true), MAX);
            NDArray output = task.infer(
                    batch -> {
                        seen.add(batch.pixels().getShape());
                        return PIXELWISE.of(batch);
                    },
                    Batch.of(pixels));
            assertThat(seen).containsExactly(new Shape(1, 3, 352, 1216));
            NDArray inside = output.sub(expected(pixels)).get(":, :, 3:355, 2:1218");
            assertThat(inside.abs().max().getFloat()).isLessThan(1e-5f);
            Raster decoded = task.decode(output.get(0));
            assertThat(decoded.at(1, 100)).isZero();
            assertThat(decoded.at(1218, 100)).isZero();
            assertThat(decoded.at(600, 2)).isZero();
            assertThat(decoded.at(600, 3)).isPositive();
        }
    }

    @Test
    void predictionsAreHeldInTheRange() {
        try (NDScope scope = new NDScope()) {
            NDArray output =
                    manager.create(new float[] {Float.NaN, Float.POSITIVE_INFINITY, 0, 20, 3}, new Shape(1, 1, 5));
            assertThat(task(Configs.depth(), MAX).decode(output).values()).containsExactly(0.001f, 10, 0.001f, 10, 3);
        }
    }

    /** The output may be smaller than the truth: a constant stays one. d = log(2 / 5) and log(8 / 5). */
    @Test
    void theLossIsOfTheTruthsSize() {
        try (NDScope scope = new NDScope()) {
            Sample sample = sample(2, 8, 0, 8);
            Batch batch = new Batch(
                    manager.zeros(new Shape(1, 3, 1, 4)),
                    Map.of(Sample.DEPTH, manager.create(new float[] {2, 8, 0, 8}, new Shape(1, 1, 4))),
                    List.of(sample));
            NDArray loss = task(Configs.depth(), MAX).loss(manager.zeros(new Shape(1, 1, 1, 2)), batch);
            double near = Math.log(2 / 5.0);
            double far = Math.log(8 / 5.0);
            double mean = (near + 2 * far) / 3;
            assertThat((double) loss.getFloat())
                    .isEqualTo(Math.sqrt((near * near + 2 * far * far) / 3 - 0.5 * mean * mean), within(1e-6));
        }
    }

    @Test
    void depthMustBeThereAndInMetres() {
        Depth task = task(Configs.depth(), MAX);
        Sample none = new Sample("hall_3", new RgbImage(1, 1, new byte[3]), Map.of(), Map.of());
        assertThatThrownBy(() -> task.truth(none))
                .isInstanceOf(UserException.class)
                .hasMessage("hall_3 has no depth, which the task depth learns from and is measured by; it has [].");
        assertThatThrownBy(() -> task.truth(sample(0, 9, 4200)))
                .isInstanceOf(UserException.class)
                .hasMessage("hall_3: the depth at (2, 0) is 4200.0 m, but max-depth is 10.0 m. Depth must be in "
                        + "metres: check the unit that the data set reads its files in.");
        Sample fine = sample(0, Float.NaN, Float.POSITIVE_INFINITY, 12);
        assertThat(task.truth(fine)).isSameAs(fine.target(Sample.DEPTH));
    }

    @Test
    void theDataMustHaveDepth() {
        assertThatThrownBy(() -> task(Configs.depth(), 0))
                .isInstanceOf(UserException.class)
                .hasMessage("The task depth needs depth to learn from, but the training data has none. Choose data "
                        + "with depth, or say where the data set has it.");
        assertThatThrownBy(() -> task(Configs.depth(0.0005, 1000, 1, false, false, 1), MAX))
                .hasMessage("max-depth is 5.0E-4, but must be more than min-depth, which is 0.001");
        assertThatThrownBy(() -> task(Configs.depth(), 0.001))
                .isInstanceOf(UserException.class)
                .hasMessage("min-depth is 0.001 m, but the depth of the training data ends at 0.001 m.");
    }

    @Test
    void filesMustHoldTheLargestDepth() {
        assertThatThrownBy(() -> task(Configs.depth(80, 1000, 1, false, false, 1), MAX))
                .isInstanceOf(UserException.class)
                .hasMessage(
                        "units-per-metre is 1000.0, but 16-bit files end at 65535: up to 80.0 m, it can be at most 819.1875.");
        assertThat(task(Configs.depth(80, 256, 1, false, false, 1), MAX).outputs())
                .isOne();
    }

    @ParameterizedTest
    @CsvSource({"1000, 0.0005", "256, 0.00196"})
    void filesComeBackFromDisk(double unitsPerMetre, double within) {
        float[] metres = {0.001f, 1.2345f, 9.9999f, 10, 0};
        Path file = work.resolve("depth.png");
        task(Configs.depth(0, unitsPerMetre, 1, false, false, 1), MAX).write(Raster.depth(5, 1, metres.clone()), file);
        assertThat(ImageFiles.readDepth(file, 1 / unitsPerMetre).values())
                .containsExactly(metres, within((float) within + 1e-6f));
    }

    @Test
    void theBaselineIsTheMeanOfTheReadings() {
        Depth task = task(Configs.depth(), MAX);
        Baseline baseline = task.baseline().orElseThrow();
        assertThat(baseline.predict(2, 1).values()).containsOnly(5.0005f);
        baseline.observe(Raster.depth(3, 1, new float[] {1, 0, 2}));
        baseline.observe(Raster.depth(3, 1, new float[] {6, 11, Float.NaN}));
        Raster predicted = baseline.predict(3, 2);
        assertThat(predicted.values()).hasSize(6).containsOnly(3);
        assertThat(task.goal()).isEqualTo(new Goal("rmse", false));
    }

    @Test
    void aPerfectOutputIsAPerfectPrediction() {
        try (NDScope scope = new NDScope()) {
            Depth task = task(Configs.depth(), MAX);
            double[] metres = {0.5, 2, 9.5};
            NDArray output = Derivative.array(
                    manager,
                    new Shape(1, 1, 1, 3),
                    Arrays.stream(metres).map(m -> Math.log(m / (MAX - m))).toArray());
            NDArray inferred = task.infer(batch -> output, Batch.of(manager.zeros(new Shape(1, 3, 1, 3))));
            Metrics metrics = task.metrics();
            metrics.update(task.decode(inferred.get(0)), task.truth(sample(0.5f, 2, 9.5f)));
            assertThat(metrics.report().values().get("rmse")).isEqualTo(0, within(1e-5));
            assertThat(metrics.report().values().get("d1")).isOne();
        }
    }
}
