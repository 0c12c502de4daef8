package io.iedp.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import io.iedp.api.data.Batch;
import io.iedp.api.task.ForwardPass;
import io.iedp.api.task.inference.SlidingWindow;
import io.iedp.api.task.inference.Views;
import io.iedp.nn.testing.TorchTest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ViewsTest extends TorchTest {
    private static Views views(List<Integer> resize, List<Double> scales, boolean flip) {
        return new Views(kernels, resize, scales, flip);
    }

    /** mmcv: factor = min(long / max(h, w), short / min(h, w)), then int(side * factor + 0.5). */
    @ParameterizedTest
    @CsvSource({
        "512, 683, 1.0, 512, 683",
        "375, 500, 1.0, 512, 683",
        "500, 375, 1.0, 683, 512",
        "256, 256, 1.0, 512, 512",
        "256, 256, 1.125, 576, 576",
        "100, 1000, 1.0, 205, 2048",
        "375, 500, 1.5, 768, 1024"
    })
    void picturesAreScaledWithinBothEdges(int height, int width, double scale, int newHeight, int newWidth) {
        assertThat(views(List.of(2048, 512), List.of(1.0), false).size(height, width, scale))
                .isEqualTo(new Views.Size(newHeight, newWidth));
    }

    @Test
    void picturesKeepTheirSizeIfNothingIsSaid() {
        Views views = views(List.of(), List.of(1.0), false);
        for (int height = 1; height < 90; height++) {
            for (int width = 1; width < 90; width++) {
                assertThat(views.size(height, width, 1)).isEqualTo(new Views.Size(height, width));
            }
        }
        assertThat(views.size(40, 60, 1.5)).isEqualTo(new Views.Size(60, 90));
        assertThat(views.size(1, 3, 0.1)).isEqualTo(new Views.Size(1, 1));
    }

    @Test
    void oneViewGivesLogitsAtThePicturesOwnSize() {
        try (NDScope scope = new NDScope()) {
            NDArray pixels = manager.randomUniform(0, 1, new Shape(2, 3, 20, 30));
            List<Shape> seen = new ArrayList<>();
            NDArray output = views(List.of(300, 60), List.of(1.0), false)
                    .infer(
                            batch -> {
                                seen.add(batch.pixels().getShape());
                                return batch.pixels().mul(0).add(-40);
                            },
                            Batch.of(pixels));
            assertThat(seen).containsExactly(new Shape(2, 3, 60, 90));
            assertThat(output.getShape()).isEqualTo(pixels.getShape());
            assertThat(output.toFloatArray()).containsOnly(-40);
        }
    }

    @Test
    void severalViewsGiveTheMeanOfTheirProbabilities() {
        try (NDScope scope = new NDScope()) {
            NDArray pixels = manager.zeros(new Shape(1, 3, 8, 8));
            List<Shape> seen = new ArrayList<>();
            // At a size of s, the first class has the logit s / 8.
            ForwardPass pass = batch -> {
                Shape shape = batch.pixels().getShape();
                seen.add(shape);
                NDArray zeros = manager.zeros(new Shape(1, 1, shape.get(2), shape.get(3)));
                return zeros.add(shape.get(2) / 8f).concat(zeros, 1);
            };
            NDArray output = views(List.of(), List.of(1.0, 1.5, 2.0), false).infer(pass, Batch.of(pixels));
            assertThat(seen).containsExactly(new Shape(1, 3, 8, 8), new Shape(1, 3, 12, 12), new Shape(1, 3, 16, 16));
            double first = (sigmoid(1) + sigmoid(1.5) + sigmoid(2)) / 3;
            assertThat(output.get("0, 0").toFloatArray()).containsOnly(new float[] {(float) first}, within(1e-6f));
            assertThat(output.get("0, 1").toFloatArray())
                    .containsOnly(new float[] {(float) (1 - first)}, within(1e-6f));
        }
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    /** What is predicted for the mirror image is mirrored back: a predictor that sees no position changes nothing. */
    @Test
    void mirroringIsUndone() {
        try (NDScope scope = new NDScope()) {
            NDArray pixels = manager.randomUniform(-3, 3, new Shape(2, 3, 5, 7));
            NDArray output = views(List.of(), List.of(1.0), true)
                    .infer(batch -> batch.pixels().mul(1), Batch.of(pixels));
            assertThat(output.sub(pixels.softmax(1)).abs().max().getFloat()).isLessThan(1e-6f);
        }
    }

    /** A predictor that says only where a column is: the mean of sigmoid(x) and sigmoid(of the mirrored x). */
    @Test
    void bothSidesCountAlike() {
        try (NDScope scope = new NDScope()) {
            NDArray column = manager.create(new float[] {0, 1, 2}, new Shape(1, 1, 1, 3));
            NDArray output = views(List.of(), List.of(1.0), true)
                    .infer(
                            batch -> column.concat(column.zerosLike(), 1),
                            Batch.of(manager.zeros(new Shape(1, 3, 1, 3))));
            float outer = (float) ((sigmoid(0) + sigmoid(2)) / 2);
            assertThat(output.get("0, 0").toFloatArray())
                    .containsExactly(new float[] {outer, (float) sigmoid(1), outer}, within(1e-6f));
        }
    }

    @Test
    void whatAViewNeedsIsFreedBeforeTheNext() {
        List<NDArray> made = new ArrayList<>();
        try (NDScope scope = new NDScope()) {
            NDArray pixels = manager.zeros(new Shape(1, 3, 12, 12));
            ForwardPass pass = batch -> {
                assertThat(made).allMatch(NDArray::isReleased);
                NDArray output = batch.pixels().add(1);
                made.add(output);
                made.add(batch.pixels());
                return output;
            };
            SlidingWindow window = new SlidingWindow(8, 4);
            Views views = views(List.of(), List.of(1.25, 1.5), true);
            views.infer(view -> window.infer(pass, view), Batch.of(pixels));
            // 3 x 3 windows of 15 x 15 pixels, 4 x 4 of 18 x 18, or 9; each mirrored too.
            assertThat(made).hasSize(2 * 2 * (9 + 16));
            assertThat(views.passes(12, 12, window::passes)).isEqualTo(2 * (9 + 16));
            assertThat(pixels.isReleased()).isFalse();
        }
    }
}
