package io.iedp.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import io.iedp.api.UserException;
import io.iedp.api.data.Batch;
import io.iedp.api.data.Raster;
import io.iedp.api.data.RgbImage;
import io.iedp.api.data.Sample;
import io.iedp.io.image.ImageFiles;
import io.iedp.nn.testing.TorchTest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReferringSegmentationTest extends TorchTest {
    private static final int X = Raster.IGNORE;

    @TempDir
    private Path work;

    private static ReferringSegmentation task(int size) {
        return new ReferringSegmentation(new ReferringConfig(List.of(0.9, 1.1), size, 0.5), kernels);
    }

    private static Raster mask(float... values) {
        return Raster.labels(values.length, 1, values);
    }

    private static Sample sample(Raster mask) {
        RgbImage image = new RgbImage(mask.width(), 1, new byte[3 * mask.width()]);
        return new Sample("street_5", image, Map.of(Sample.MASK, mask), Map.of(Sample.EXPRESSION, "the red car"));
    }

    /** IoU 1/2, 3/4 and, where neither has a pixel, 0: in all 4/6. */
    @Test
    void metricsAreThoseOfTheirDefinitions() {
        ReferringMetrics metrics = new ReferringMetrics();
        metrics.update(mask(1, 1, 0, 1), mask(1, 0, 0, X));
        metrics.update(mask(1, 1, 1, 0), mask(1, 1, 1, 1));
        metrics.update(mask(0, 0), mask(0, 0));
        Map<String, Double> values = metrics.report().values();
        assertThat(values.keySet()).containsExactly("oIoU", "mIoU", "P@0.5", "P@0.6", "P@0.7", "P@0.8", "P@0.9");
        assertThat(values.get("oIoU")).isEqualTo(4 / 6.0, within(1e-12));
        assertThat(values.get("mIoU")).isEqualTo((0.5 + 0.75 + 0) / 3, within(1e-12));
        assertThat(values.get("P@0.5")).isEqualTo(2 / 3.0, within(1e-12));
        assertThat(values.get("P@0.6")).isEqualTo(1 / 3.0, within(1e-12));
        assertThat(values.get("P@0.7")).isEqualTo(1 / 3.0, within(1e-12));
        assertThat(values.get("P@0.8")).isZero();
    }

    @Test
    void emptyMasksAreWorthNothing() {
        ReferringMetrics metrics = new ReferringMetrics();
        assertThat(metrics.report().values().values()).containsOnly(Double.NaN);
        metrics.update(mask(0, 0), mask(0, X));
        assertThat(metrics.report().values().values()).containsOnly(0.0);
    }

    @Test
    void perfectMasksScoreOneInAnyOrder() {
        Random random = new Random(1);
        List<Raster> masks = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            float[] values = new float[30];
            for (int p = 0; p < values.length; p++) {
                values[p] = p == 0 || random.nextBoolean() ? 1 : 0;
            }
            masks.add(mask(values));
        }
        ReferringMetrics perfect = new ReferringMetrics();
        masks.forEach(mask -> perfect.update(mask, mask));
        assertThat(perfect.report().values().values()).containsOnly(1.0);
        ReferringMetrics before = new ReferringMetrics();
        ReferringMetrics after = new ReferringMetrics();
        masks.forEach(mask -> before.update(masks.get(0), mask));
        Collections.shuffle(masks.subList(1, masks.size()), random);
        masks.forEach(mask -> after.update(masks.get(0), mask));
        assertThat(after.report().values().get("mIoU"))
                .isEqualTo(before.report().values().get("mIoU"), within(1e-12));
        assertThat(after.report().values().get("oIoU"))
                .isEqualTo(before.report().values().get("oIoU"));
    }

    /** Two pixels of opposite masks, at logits of 0 and 2: the weighted mean of log(1 + exp(-2)) and log(1 + exp(2)). */
    @Test
    void whatIsReferredToWeighsMore() {
        try (NDScope scope = new NDScope()) {
            Batch batch = new Batch(
                    manager.zeros(new Shape(1, 3, 1, 2)),
                    Map.of(Sample.MASK, manager.create(new float[] {1, 0}, new Shape(1, 1, 2))),
                    List.of(sample(mask(1, 0))));
            NDArray logits = manager.create(new float[] {0, 0, 2, 2}, new Shape(1, 2, 1, 2));
            double expected = (1.1 * Math.log1p(Math.exp(-2)) + 0.9 * Math.log1p(Math.exp(2))) / 2;
            assertThat((double) task(0).loss(logits, batch).getFloat()).isEqualTo(expected, within(1e-6));
        }
    }

    @Test
    void picturesArePredictedAtTheSizeThatIsSaid() {
        try (NDScope scope = new NDScope()) {
            List<Shape> seen = new ArrayList<>();
            for (int size : new int[] {0, 16}) {
                NDArray output = task(size)
                        .infer(
                                batch -> {
                                    seen.add(batch.pixels().getShape());
                                    return batch.pixels().get(":, :2");
                                },
                                Batch.of(manager.ones(new Shape(2, 3, 10, 21))));
                assertThat(output.getShape()).isEqualTo(new Shape(2, 2, 10, 21));
            }
            assertThat(seen).containsExactly(new Shape(2, 3, 10, 21), new Shape(2, 3, 16, 16));
        }
    }

    @Test
    void samplesMustHaveMaskAndExpression() {
        Sample silent = new Sample(
                "street_5", new RgbImage(1, 1, new byte[3]), Map.of(Sample.MASK, mask(1)), Map.of("scene", "street"));
        assertThatThrownBy(() -> task(0).truth(silent))
                .isInstanceOf(UserException.class)
                .hasMessage("street_5 does not have both a mask and an expression, which referring segmentation "
                        + "learns from and is measured by; it has [mask] and [scene].");
        assertThatThrownBy(() -> task(0).truth(sample(mask(0, 1, 128))))
                .isInstanceOf(UserException.class)
                .hasMessage("street_5: the mask at (2, 0) is 128.0, but must be 1 for what is referred to, 0 for all "
                        + "else, or 255.");
        assertThatThrownBy(() -> new ReferringConfig(List.of(1.0), 0, 1))
                .hasMessage("class-weights is [1.0], but must be two numbers that are not both 0");
    }

    @Test
    void picturesAndFiles() {
        ReferringSegmentation task = task(0);
        assertThat(task.draw(mask(1, 0, X)).rgb(0, 0)).isEqualTo(0xe3127e);
        RgbImage overlay = task.overlay(new RgbImage(2, 1, new byte[] {0, 0, 0, 8, 9, 10}), mask(1, 0));
        assertThat(overlay.rgb(0, 0)).isEqualTo(0x72093f);
        assertThat(overlay.rgb(1, 0)).isEqualTo(0x08090a);
        assertThat(task.legend()).hasSize(2);
        Path file = work.resolve("mask.png");
        task.write(mask(1, 0), file);
        assertThat(ImageFiles.readLabels(file).values()).containsExactly(1, 0);
        try (NDScope scope = new NDScope()) {
            NDArray logits = manager.create(new float[] {0, 3, 1, 2}, new Shape(2, 1, 2));
            assertThat(task.decode(logits).values()).containsExactly(1, 0);
        }
    }

    /** The whole picture: the IoU is the share of what is referred to. */
    @Test
    void theBaselineMarksEverything() {
        ReferringMetrics metrics = new ReferringMetrics();
        metrics.update(task(0).baseline().orElseThrow().predict(4, 1), mask(1, 0, 0, 0));
        assertThat(metrics.report().values()).containsEntry("oIoU", 0.25).containsEntry("mIoU", 0.25);
    }
}
