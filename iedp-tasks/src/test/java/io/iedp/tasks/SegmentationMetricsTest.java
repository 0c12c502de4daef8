package io.iedp.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.iedp.api.data.Raster;
import io.iedp.api.task.MetricReport;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SegmentationMetricsTest {
    private static final int CLASSES = 7;
    private static final List<String> NAMES = List.of("a", "b", "c", "d", "e", "f", "g");

    private record Pair(Raster prediction, Raster truth) {}

    private static Pair random(SplittableRandom random, int width, int height) {
        float[] prediction = new float[width * height];
        float[] truth = new float[width * height];
        for (int i = 0; i < truth.length; i++) {
            truth[i] = random.nextInt(10) == 0 ? Raster.IGNORE : random.nextInt(CLASSES);
            boolean right = truth[i] != Raster.IGNORE && random.nextInt(3) > 0;
            prediction[i] = right ? truth[i] : random.nextInt(CLASSES);
        }
        return new Pair(Raster.labels(width, height, prediction), Raster.labels(width, height, truth));
    }

    private static List<Pair> pairs(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            pairs.add(random(random, 1 + random.nextInt(20), 1 + random.nextInt(20)));
        }
        return pairs;
    }

    private static MetricReport report(List<Pair> pairs) {
        SegmentationMetrics metrics = new SegmentationMetrics(NAMES);
        pairs.forEach(pair -> metrics.update(pair.prediction, pair.truth));
        return metrics.report();
    }

    private static Raster labels(float... values) {
        return Raster.labels(values.length, 1, values);
    }

    @Test
    void aPerfectPredictionScoresOne() {
        List<Pair> perfect = pairs(1).stream()
                .map(pair -> {
                    float[] prediction = pair.truth.values().clone();
                    for (int i = 0; i < prediction.length; i++) {
                        prediction[i] = prediction[i] == Raster.IGNORE ? 0 : prediction[i];
                    }
                    return new Pair(Raster.labels(pair.truth.width(), pair.truth.height(), prediction), pair.truth);
                })
                .toList();
        assertThat(report(perfect).values()).isEqualTo(Map.of("mIoU", 1.0, "mAcc", 1.0, "aAcc", 1.0));
    }

    @Test
    void aPredictionThatIsNeverRightScoresZero() {
        MetricReport report = report(List.of(new Pair(labels(1, 1, 0, 0), labels(0, 0, 1, 1))));
        assertThat(report.values()).isEqualTo(Map.of("mIoU", 0.0, "mAcc", 0.0, "aAcc", 0.0));
    }

    /** From sets of pixels, one class at a time. */
    @Test
    void isIntersectionOverUnion() {
        List<Pair> pairs = pairs(2);
        double sum = 0;
        for (int c = 0; c < CLASSES; c++) {
            int intersection = 0;
            int union = 0;
            for (Pair pair : pairs) {
                for (int i = 0; i < pair.truth.values().length; i++) {
                    boolean counts = pair.truth.values()[i] != Raster.IGNORE;
                    boolean predicted = counts && pair.prediction.values()[i] == c;
                    boolean labelled = pair.truth.values()[i] == c;
                    intersection += predicted && labelled ? 1 : 0;
                    union += predicted || labelled ? 1 : 0;
                }
            }
            sum += (double) intersection / union;
        }
        assertThat(report(pairs).values().get("mIoU")).isEqualTo(sum / CLASSES, within(1e-12));
    }

    @Test
    void orderDoesNotMatter() {
        List<Pair> pairs = pairs(3);
        MetricReport before = report(pairs);
        Collections.shuffle(pairs, new Random(4));
        assertThat(report(pairs)).isEqualTo(before);
    }

    @Test
    void piecesOfAPictureCountAsTheWhole() {
        List<Pair> whole = pairs(5);
        List<Pair> pieces = new ArrayList<>();
        for (Pair pair : whole) {
            int cut = pair.truth.width() * (pair.truth.height() / 2);
            for (int[] range : new int[][] {{0, cut}, {cut, pair.truth.values().length}}) {
                if (range[0] < range[1]) {
                    pieces.add(new Pair(
                            labels(Arrays.copyOfRange(pair.prediction.values(), range[0], range[1])),
                            labels(Arrays.copyOfRange(pair.truth.values(), range[0], range[1]))));
                }
            }
        }
        assertThat(pieces.size()).isGreaterThan(whole.size());
        assertThat(report(pieces).values()).isEqualTo(report(whole).values());
        assertThat(report(pieces).tables().get(0))
                .isEqualTo(report(whole).tables().get(0));
    }

    @Test
    void aPictureOfNothingChangesNothing() {
        List<Pair> pairs = pairs(6);
        MetricReport before = report(pairs);
        pairs.add(new Pair(labels(0, 1, 2), labels(Raster.IGNORE, Raster.IGNORE, Raster.IGNORE)));
        assertThat(report(pairs)).isEqualTo(before);
    }

    @Test
    void nothingAtAllIsNotANumber() {
        MetricReport report = report(List.of(new Pair(labels(3), labels(Raster.IGNORE))));
        assertThat(report.values().values()).allMatch(value -> value.isNaN());
        assertThat(report.tables().get(0).rows()).contains(List.of("a", "-", "-", "-", "-", "-"));
    }

    /** Truth a a b, prediction a b b: IoU 1/2 and 1/2. The class c is nowhere; d is predicted for no pixel that is d. */
    @Test
    void classesThatDoNotOccurAreLeftOut() {
        Pair ab = new Pair(labels(0, 1, 1), labels(0, 0, 1));
        assertThat(report(List.of(ab)).values().get("mIoU")).isEqualTo(0.5);
        Pair abd = new Pair(labels(0, 1, 1, 3), labels(0, 0, 1, 0));
        Map<String, Double> values = report(List.of(abd)).values();
        assertThat(values.get("mIoU")).isEqualTo((1 / 3.0 + 0.5 + 0) / 3, within(1e-12));
        assertThat(values.get("mAcc")).isEqualTo((1 / 3.0 + 1) / 2, within(1e-12));
    }

    @Test
    void tableIsTheSameInEveryLanguage() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("ar-EG"));
        try {
            List<List<String>> rows = report(List.of(new Pair(labels(0, 1, 1), labels(0, 0, 1))))
                    .tables()
                    .get(0)
                    .rows();
            assertThat(rows.get(0)).containsExactly("a", "50.00", "50.00", "66.67", "100.00", "66.67");
            assertThat(rows.get(2)).containsExactly("c", "-", "-", "-", "-", "0.00");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void sizesMustAgree() {
        assertThatThrownBy(() -> report(List.of(new Pair(labels(0, 1), labels(0, 1, 2)))))
                .hasMessage("The prediction is 2 x 1, the truth 3 x 1");
    }
}
