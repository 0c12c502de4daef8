package io.iedp.tasks.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.iedp.api.data.Raster;
import io.iedp.api.loss.PixelLabels;
import io.iedp.api.loss.PixelLoss;
import io.iedp.nn.testing.TorchTest;
import io.iedp.tasks.Derivative;
import io.iedp.tasks.SegmentationMetrics;
import io.iedp.tasks.loss.CrossEntropy.Averaging;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Two pictures of 3 x 3 pixels and 4 classes, of which the last occurs nowhere. */
class PixelLossTest extends TorchTest {
    private static final int CLASSES = 4;
    private static final int PIXELS = 9;
    private static final Shape SHAPE = new Shape(2, CLASSES, 3, 3);
    private static final int X = Raster.IGNORE;
    private static final int[] LABELS = {0, 1, 1, 2, X, 0, 0, 2, 1, X, 1, 1, 0, 2, 2, X, 0, 1};
    private static final List<Double> WEIGHTS = List.of(0.5, 2.0, 1.0, 3.0);

    private static double[] logits() {
        Random random = new Random(5);
        return IntStream.range(0, 2 * CLASSES * PIXELS)
                .mapToDouble(i -> 1.5 * random.nextGaussian())
                .toArray();
    }

    private static NDArray labels(int... labels) {
        return Derivative.array(
                manager,
                new Shape(2, 3, 3),
                IntStream.of(labels).asDoubleStream().toArray());
    }

    /** Of a class at a pixel of the batch. */
    private static double probability(double[] logits, int pixel, int c) {
        double sum = 0;
        for (int other = 0; other < CLASSES; other++) {
            sum += Math.exp(logits[at(pixel, other)]);
        }
        return Math.exp(logits[at(pixel, c)]) / sum;
    }

    private static int at(int pixel, int c) {
        return (pixel / PIXELS * CLASSES + c) * PIXELS + pixel % PIXELS;
    }

    private static double crossEntropy(double[] logits, List<Double> weights, boolean all) {
        double sum = 0;
        double counted = 0;
        for (int pixel = 0; pixel < LABELS.length; pixel++) {
            if (LABELS[pixel] != X) {
                double weight = weights.isEmpty() ? 1 : weights.get(LABELS[pixel]);
                sum -= weight * Math.log(probability(logits, pixel, LABELS[pixel]));
                counted += weight;
            }
        }
        return sum / (all ? LABELS.length : counted);
    }

    /** Section 2 of the paper: the Lovász extension of |M| / |T or M|, where M are the wrong pixels and T the class. */
    private static double lovasz(double[] logits) {
        double sum = 0;
        for (int c = 0; c < 3; c++) {
            int own = c;
            ToDoubleFunction<Integer> error = pixel ->
                    LABELS[pixel] == own ? 1 - probability(logits, pixel, own) : probability(logits, pixel, own);
            List<Integer> order = new ArrayList<>(IntStream.range(0, LABELS.length)
                    .filter(pixel -> LABELS[pixel] != X)
                    .boxed()
                    .sorted(Comparator.comparingDouble(error).reversed())
                    .toList());
            double union = order.stream().filter(pixel -> LABELS[pixel] == own).count();
            double before = 0;
            double wrong = 0;
            for (int pixel : order) {
                wrong++;
                union += LABELS[pixel] == own ? 0 : 1;
                sum += error.applyAsDouble(pixel) * (wrong / union - before);
                before = wrong / union;
            }
        }
        return sum / 3;
    }

    private static double dice(double[] logits) {
        double sum = 0;
        for (int c = 0; c < 3; c++) {
            double both = 0;
            double squares = 0;
            for (int pixel = 0; pixel < LABELS.length; pixel++) {
                if (LABELS[pixel] != X) {
                    double p = probability(logits, pixel, c);
                    both += LABELS[pixel] == c ? p : 0;
                    squares += p * p + (LABELS[pixel] == c ? 1 : 0);
                }
            }
            sum += 1 - 2 * both / squares;
        }
        return sum / 3;
    }

    private record Pair(String name, PixelLoss loss, ToDoubleFunction<double[]> expected) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Pair> losses() {
        return Stream.of(
                new Pair(
                        "cross-entropy",
                        new CrossEntropy(kernels, List.of(), Averaging.VALID),
                        logits -> crossEntropy(logits, List.of(), false)),
                new Pair(
                        "cross-entropy over all",
                        new CrossEntropy(kernels, List.of(), Averaging.ALL),
                        logits -> crossEntropy(logits, List.of(), true)),
                new Pair(
                        "cross-entropy by class",
                        new CrossEntropy(kernels, WEIGHTS, Averaging.VALID),
                        logits -> crossEntropy(logits, WEIGHTS, false)),
                new Pair(
                        "cross-entropy by class over all",
                        new CrossEntropy(kernels, WEIGHTS, Averaging.ALL),
                        logits -> crossEntropy(logits, WEIGHTS, true)),
                new Pair("Lovász", ByClass.ofPresent(new LovaszSoftmax()), PixelLossTest::lovasz),
                new Pair("Dice", ByClass.ofPresent(new SoftDice()), PixelLossTest::dice));
    }

    @ParameterizedTest
    @MethodSource("losses")
    void valueAndGradientAreThoseOfTheDefinition(Pair pair) {
        NDArray labels = labels(LABELS);
        Derivative.assertLike(
                manager, each -> pair.loss.of(each, new PixelLabels(labels)), pair.expected, SHAPE, logits());
    }

    @ParameterizedTest
    @MethodSource("losses")
    void ignoredPixelsChangeNothing(Pair pair) {
        NDArray labels = labels(LABELS);
        double[] logits = logits();
        double[] others = logits.clone();
        for (int pixel = 0; pixel < LABELS.length; pixel++) {
            for (int c = 0; c < CLASSES; c++) {
                others[at(pixel, c)] += LABELS[pixel] == X ? 7 * c : 0;
            }
        }
        float loss = Derivative.value(manager, each -> pair.loss.of(each, new PixelLabels(labels)), SHAPE, logits);
        assertThat(Derivative.value(manager, each -> pair.loss.of(each, new PixelLabels(labels)), SHAPE, others))
                .isEqualTo(loss, within(1e-6f));
    }

    @ParameterizedTest
    @MethodSource("losses")
    void withoutPixelsThereIsNothingToLearn(Pair pair) {
        NDArray none = labels(IntStream.generate(() -> X).limit(LABELS.length).toArray());
        double[] logits = logits();
        assertThat(Derivative.value(manager, each -> pair.loss.of(each, new PixelLabels(none)), SHAPE, logits))
                .isZero();
        assertThat(Derivative.gradient(manager, each -> pair.loss.of(each, new PixelLabels(none)), SHAPE, logits))
                .containsOnly(0);
    }

    @ParameterizedTest
    @MethodSource("losses")
    void aSurePredictionThatIsRightCostsNothing(Pair pair) {
        NDArray labels = labels(LABELS);
        assertThat(Derivative.value(manager, each -> pair.loss.of(each, new PixelLabels(labels)), SHAPE, sure(LABELS)))
                .isEqualTo(0, within(1e-6f));
    }

    /** For predictions without doubt, the losses are one minus the metrics that they stand for. */
    @Test
    void theyMeetTheirMetricsAtTheCorners() {
        int[] predicted = {0, 1, 0, 2, 1, 0, 1, 2, 2, 2, 1, 1, 0, 0, 2, 0, 0, 1};
        SegmentationMetrics metrics = new SegmentationMetrics(List.of("a", "b", "c", "d"));
        metrics.update(raster(predicted), raster(LABELS));
        NDArray labels = labels(LABELS);
        PixelLoss lovasz = ByClass.ofPresent(new LovaszSoftmax());
        PixelLoss dice = ByClass.ofPresent(new SoftDice());
        assertThat((double) Derivative.value(
                        manager, each -> lovasz.of(each, new PixelLabels(labels)), SHAPE, sure(predicted)))
                .isEqualTo(1 - metrics.mean(metrics::iou), within(1e-6));
        assertThat((double) Derivative.value(
                        manager, each -> dice.of(each, new PixelLabels(labels)), SHAPE, sure(predicted)))
                .isEqualTo(1 - metrics.mean(metrics::dice), within(1e-6));
    }

    private static Raster raster(int... labels) {
        float[] values = new float[labels.length];
        for (int i = 0; i < labels.length; i++) {
            values[i] = labels[i];
        }
        return Raster.labels(labels.length, 1, values);
    }

    private static double[] sure(int... labels) {
        double[] logits = new double[2 * CLASSES * PIXELS];
        for (int pixel = 0; pixel < labels.length; pixel++) {
            if (labels[pixel] != X) {
                logits[at(pixel, labels[pixel])] = 60;
            }
        }
        return logits;
    }
}
