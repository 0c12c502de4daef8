package io.iedp.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.iedp.api.UserException;
import io.iedp.api.config.Chosen;
import io.iedp.api.data.Batch;
import io.iedp.api.data.ClassInfo;
import io.iedp.api.data.DatasetInfo;
import io.iedp.api.data.Raster;
import io.iedp.api.data.RgbImage;
import io.iedp.api.data.Sample;
import io.iedp.api.loss.PixelLoss;
import io.iedp.api.nn.Kernels;
import io.iedp.api.task.Baseline;
import io.iedp.api.task.Loss;
import io.iedp.api.task.Metrics;
import io.iedp.api.task.TaskContext;
import io.iedp.api.task.inference.SlidingWindow;
import io.iedp.nn.TorchKernels;
import io.iedp.nn.TorchRuntime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SemanticSegmentationTest {
    private static TorchKernels kernels;

    @BeforeAll
    static void load() {
        kernels = TorchKernels.load();
    }

    @AfterAll
    static void close() {
        kernels.close();
    }

    private static SemanticSegmentation task(int classes, int window, int stride) {
        List<ClassInfo> infos = IntStream.range(0, classes)
                .mapToObj(c -> new ClassInfo("class " + c, 0x102030 * (c + 1)))
                .toList();
        return new SemanticSegmentation(Configs.segmentation(window, stride), context(new DatasetInfo(infos, 0)));
    }

    /** 2 classes, 4 pixels. Truth 0 0 1 and ignored, prediction 0 1 1 1: IoU 1/2 and 1/2, accuracy 2/3. */
    @Test
    void ignoredPixelsDoNotCount() {
        Metrics metrics = task(2, 0, 1).metrics();
        metrics.update(labels(0, 1, 1, 1), labels(0, 0, 1, Raster.IGNORE));
        Map<String, Double> values = metrics.report().values();
        assertThat(values.get("mIoU")).isEqualTo(0.5);
        assertThat(values.get("mAcc")).isEqualTo((0.5 + 1) / 2);
        assertThat(values.get("aAcc")).isEqualTo(2.0 / 3);
    }

    private static Raster labels(float... values) {
        return Raster.labels(values.length, 1, values);
    }

    @Test
    void majorityClassPassesOverIgnoredPixels() {
        Baseline baseline = task(3, 0, 1).baseline().orElseThrow();
        baseline.observe(labels(Raster.IGNORE, Raster.IGNORE, Raster.IGNORE, 2, 2, 1));
        assertThat(baseline.predict(2, 2).values()).containsOnly(2);
    }

    @Test
    void windowsOfOnePixelwisePredictorGiveWhatTheWholeGives() {
        try (NDManager manager = TorchRuntime.get().newManager(Device.cpu());
                NDScope scope = new NDScope()) {
            NDArray pixels = manager.randomUniform(0, 1, new Shape(2, 3, 37, 50));
            NDArray output = task(3, 16, 11).infer(window -> window.pixels().mul(2), Batch.of(pixels));
            assertThat(output.getShape()).isEqualTo(pixels.getShape());
            assertThat(output.sub(pixels.mul(2)).abs().max().getFloat()).isLessThan(1e-6f);
        }
    }

    /** Five columns in windows of three, two apart: the third column is in both windows, the one row in none but them. */
    @Test
    void overlapsAreAveraged() {
        try (NDManager manager = TorchRuntime.get().newManager(Device.cpu());
                NDScope scope = new NDScope()) {
            NDArray pixels = manager.zeros(new Shape(1, 3, 1, 5));
            List<Long> widths = new ArrayList<>();
            NDArray output = task(2, 3, 2)
                    .infer(
                            window -> {
                                widths.add(window.pixels().getShape().get(3));
                                return manager.ones(new Shape(1, 2, 1, 3)).mul(widths.size());
                            },
                            Batch.of(pixels));
            assertThat(widths).containsExactly(3L, 3L);
            assertThat(output.get("0, 1, 0").toFloatArray()).containsExactly(1, 1, 1.5f, 2, 2);
        }
    }

    @Test
    void picturesThatFitAreTakenWhole() {
        try (NDManager manager = TorchRuntime.get().newManager(Device.cpu());
                NDScope scope = new NDScope()) {
            for (int window : new int[] {0, 5}) {
                List<Shape> seen = new ArrayList<>();
                task(2, window, 1)
                        .infer(
                                batch -> {
                                    seen.add(batch.pixels().getShape());
                                    return batch.pixels();
                                },
                                Batch.of(manager.zeros(new Shape(1, 3, 5, 4))));
                assertThat(seen).containsExactly(new Shape(1, 3, 5, 4));
            }
        }
    }

    /** mmsegmentation: ceil((length - crop) / stride) + 1 windows, the last one moved back. */
    @Test
    void windowsStayInside() {
        SlidingWindow window = new SlidingWindow(512, 341);
        assertThat(window.starts(512)).containsExactly(0);
        assertThat(window.starts(513)).containsExactly(0, 1);
        assertThat(window.starts(853)).containsExactly(0, 341);
        assertThat(window.starts(854)).containsExactly(0, 341, 342);
        assertThat(window.starts(100)).containsExactly(0);
    }

    @Test
    void labelsBeyondTheClassesAreNamed() {
        RgbImage image = new RgbImage(2, 1, new byte[6]);
        Sample sample = new Sample("kitchen_7", image, Map.of(Sample.LABELS, labels(0, 9)), Map.of());
        assertThatThrownBy(() -> task(3, 0, 1).truth(sample))
                .isInstanceOf(UserException.class)
                .hasMessage("kitchen_7: the label at (1, 0) is 9, but the classes are 0 to 2, and 255 is ignored.");
    }

    /** The output is half as large as the labels, which are those of a constant: at logits of 1 and 0. */
    @Test
    void lossesAreAddedWithTheirWeights() {
        try (NDManager manager = TorchRuntime.get().newManager(Device.cpu());
                NDScope scope = new NDScope()) {
            Batch batch = new Batch(
                    manager.zeros(new Shape(1, 3, 2, 2)),
                    Map.of(Sample.LABELS, manager.create(new float[] {0, 0, 255, 1}, new Shape(1, 2, 2))),
                    List.of());
            NDArray output = manager.create(new float[] {1, 0}, new Shape(1, 2, 1, 1));
            double p = 1 / (1 + Math.exp(-1));
            double crossEntropy = -(2 * Math.log(p) + Math.log(1 - p)) / 3;
            double dice = 1 - (4 * p / (3 * p * p + 2) + 2 * (1 - p) / (3 * (1 - p) * (1 - p) + 1)) / 2;
            // Errors of the first class: p at the last pixel, then 1 - p at the others; of the second: the same.
            double lovasz = (p / 3 + (1 - p) * 2 / 3 + p + 0) / 2;
            List<ClassInfo> classes = List.of(new ClassInfo("a", 1), new ClassInfo("b", 2));
            NDArray loss = new SemanticSegmentation(
                            Configs.losses(2, 0.5, 3, List.of()), context(new DatasetInfo(classes, 0)))
                    .loss(output, batch);
            assertThat(loss.getDataType()).isEqualTo(DataType.FLOAT32);
            assertThat((double) loss.getFloat()).isEqualTo(2 * crossEntropy + 0.5 * lovasz + 3 * dice, within(1e-6));
        }
    }

    /** The first is a number times the sum of the logits, at the size of the labels. */
    @Test
    void lossesThatAreChosenTakeThePlaceOfTheKeys() {
        SemanticSegmentationConfig chosen =
                Configs.chosen(Configs.segmentation(0, 1), List.of(times(2), times(3)), List.of(times(7)));
        try (NDManager manager = TorchRuntime.get().newManager(Device.cpu());
                NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            Batch batch = new Batch(
                    manager.zeros(new Shape(1, 3, 2, 2)),
                    Map.of(Sample.LABELS, manager.zeros(new Shape(1, 2, 2))),
                    List.of());
            NDArray output = manager.create(new float[] {1, 0.5f}, new Shape(1, 2, 1, 1));
            List<ClassInfo> classes = List.of(new ClassInfo("a", 1), new ClassInfo("b", 2));

            Loss loss = new SemanticSegmentation(chosen, context(new DatasetInfo(classes, 0))).of(batch);

            assertThat(loss.of(output).getFloat()).isEqualTo(5 * 4 * 1.5f);
            assertThat(loss.ofAuxiliary(output).getFloat()).isEqualTo(7 * 4 * 1.5f);
        }
    }

    private static Chosen<TaskContext, PixelLoss> times(int factor) {
        return new Chosen<>() {
            @Override
            public String type() {
                return "times";
            }

            @Override
            public PixelLoss make(TaskContext context) {
                return (logits, labels) -> logits.sum().mul(factor);
            }
        };
    }

    @Test
    void weightsMustBeAsManyAsClasses() {
        DatasetInfo data = new DatasetInfo(List.of(new ClassInfo("wall", 1), new ClassInfo("floor", 2)), 0);
        assertThatThrownBy(() -> new SemanticSegmentationFactory()
                        .create(Configs.losses(1, 0, 0, List.of(1.0, 2.0, 3.0)), context(data)))
                .isInstanceOf(UserException.class)
                .hasMessage("class-weights has 3 weights, but the training data has 2 classes: [wall, floor].");
    }

    private static TaskContext context(DatasetInfo data) {
        return new TaskContext() {
            @Override
            public Kernels kernels() {
                return kernels;
            }

            @Override
            public DatasetInfo data() {
                return data;
            }
        };
    }

    @Test
    void pictures() {
        SemanticSegmentation task = task(2, 0, 1);
        Raster raster = labels(1, Raster.IGNORE);
        assertThat(task.draw(raster).rgb(0, 0)).isEqualTo(0x204060);
        assertThat(task.draw(raster).rgb(1, 0)).isZero();
        RgbImage overlay = task.overlay(new RgbImage(2, 1, new byte[] {0, 0, 0, 8, 9, 10}), raster);
        assertThat(overlay.rgb(0, 0)).isEqualTo(0x102030);
        assertThat(overlay.rgb(1, 0)).isEqualTo(0x08090a);
        assertThat(task.legend()).hasSize(2);
    }
}
