package io.iedp.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.iedp.api.UserException;
import io.iedp.api.data.Raster;
import io.iedp.tasks.DepthMetrics.Averaging;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class DepthMetricsTest {
    private static final DepthRange RANGE = new DepthRange(0.001, 10, true);
    private static final DepthArea WHOLE = new DepthArea(false, DepthCrop.NONE);

    private record Pair(Raster prediction, Raster truth) {}

    private static Raster depth(double... metres) {
        float[] values = new float[metres.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) metres[i];
        }
        return Raster.depth(values.length, 1, values);
    }

    private static List<Pair> pairs(int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            int count = 1 + random.nextInt(60);
            pairs.add(new Pair(
                    depth(random.doubles(count, 0.1, 9).toArray()),
                    depth(random.doubles(count, -2, 11).map(d -> Math.max(0, d)).toArray())));
        }
        return pairs;
    }

    private static Map<String, Double> metrics(Averaging averaging, List<Pair> pairs) {
        DepthMetrics metrics = new DepthMetrics(RANGE, WHOLE, averaging);
        pairs.forEach(pair -> metrics.update(pair.prediction, pair.truth));
        return metrics.report().values();
    }

    private static void assertAlike(Map<String, Double> actual, Map<String, Double> expected) {
        assertThat(actual.keySet()).containsExactlyElementsOf(expected.keySet());
        expected.forEach((name, value) -> assertThat(actual.get(name)).as(name).isEqualTo(value, within(1e-9)));
    }

    /** Truth 2 and 4, prediction 3 and 4: half of the pixels are right, the other is off by a factor of 1.5. */
    @Test
    void metricsAreThoseOfTheirDefinitions() {
        Map<String, Double> values = metrics(Averaging.PICTURE, List.of(new Pair(depth(3, 4, 7), depth(2, 4, 0))));
        double log = Math.log(1.5);
        assertThat(values.keySet())
                .containsExactly("d1", "d2", "d3", "abs_rel", "sq_rel", "rmse", "rmse_log", "log10", "silog");
        Map.of(
                        "d1",
                        0.5,
                        "d2",
                        1.0,
                        "d3",
                        1.0,
                        "abs_rel",
                        0.5 / 2,
                        "sq_rel",
                        0.5 / 2,
                        "rmse",
                        Math.sqrt(0.5),
                        "rmse_log",
                        Math.sqrt(log * log / 2),
                        "log10",
                        Math.log10(1.5) / 2,
                        "silog",
                        Math.sqrt(log * log / 2 - 0.5 * log * log / 4))
                .forEach((name, value) -> assertThat(values.get(name)).as(name).isEqualTo(value, within(1e-12)));
    }

    @ParameterizedTest
    @EnumSource(Averaging.class)
    void aPerfectPredictionScoresBest(Averaging averaging) {
        List<Pair> perfect =
                pairs(1).stream().map(pair -> new Pair(pair.truth, pair.truth)).toList();
        metrics(averaging, perfect)
                .forEach((name, value) ->
                        assertThat(value).as(name).isEqualTo(name.matches("d[123]") ? 1.0 : 0.0, within(1e-12)));
    }

    @ParameterizedTest
    @EnumSource(Averaging.class)
    void orderDoesNotMatter(Averaging averaging) {
        List<Pair> pairs = pairs(2);
        Map<String, Double> before = metrics(averaging, pairs);
        Collections.shuffle(pairs, new Random(3));
        assertAlike(metrics(averaging, pairs), before);
    }

    /** By pixel, pieces count as the whole; by picture, each piece counts as a picture. */
    @Test
    void averagingIsByPictureOrByPixel() {
        List<Pair> pairs = pairs(4);
        float[] predictions = new float[0];
        float[] truths = new float[0];
        Map<String, Double> mean = new LinkedHashMap<>();
        int counted = 0;
        for (Pair pair : pairs) {
            predictions = concat(predictions, pair.prediction.values());
            truths = concat(truths, pair.truth.values());
            Map<String, Double> own = metrics(Averaging.PIXEL, List.of(pair));
            if (!own.get("rmse").isNaN()) {
                own.forEach((name, value) -> mean.merge(name, value, Double::sum));
                counted++;
            }
        }
        int pictures = counted;
        mean.replaceAll((name, sum) -> sum / pictures);
        Pair all = new Pair(Raster.depth(truths.length, 1, predictions), Raster.depth(truths.length, 1, truths));
        assertAlike(metrics(Averaging.PIXEL, pairs), metrics(Averaging.PIXEL, List.of(all)));
        assertAlike(metrics(Averaging.PICTURE, pairs), mean);
        assertThat(mean.get("rmse"))
                .isNotCloseTo(metrics(Averaging.PIXEL, pairs).get("rmse"), within(1e-6));
    }

    private static float[] concat(float[] one, float[] other) {
        float[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }

    @ParameterizedTest
    @EnumSource(Averaging.class)
    void picturesWithoutReadingsChangeNothing(Averaging averaging) {
        List<Pair> pairs = pairs(5);
        Map<String, Double> before = metrics(averaging, pairs);
        pairs.add(new Pair(depth(1, 2, 3), depth(0, 10, 0.001)));
        assertAlike(metrics(averaging, pairs), before);
        assertThat(metrics(averaging, pairs.subList(9, 10)).values()).containsOnly(Double.NaN);
    }

    /** VPD: infinity becomes the largest depth, what is not a number the least. */
    @Test
    void whatIsNoFiniteNumberIsReplaced() {
        DepthRange open = new DepthRange(0.5, 10, false);
        assertThat(open.finite(Float.NaN)).isEqualTo(0.5f);
        assertThat(open.finite(Float.POSITIVE_INFINITY)).isEqualTo(10);
        assertThat(open.finite(12)).isEqualTo(12);
        assertThat(open.finite(0.1f)).isEqualTo(0.1f);
        DepthRange clipped = new DepthRange(0.5, 10, true);
        assertThat(clipped.finite(Float.NaN)).isEqualTo(0.5f);
        assertThat(clipped.finite(Float.POSITIVE_INFINITY)).isEqualTo(10);
        assertThat(clipped.finite(Float.NEGATIVE_INFINITY)).isEqualTo(0.5f);
        assertThat(clipped.finite(12)).isEqualTo(10);
        assertThat(clipped.finite(0.1f)).isEqualTo(0.5f);
        assertThat(clipped.finite(3)).isEqualTo(3);
    }

    /** Rows and columns as VPD's cropping_img has them; KITTI's are int(share * length). */
    @ParameterizedTest
    @CsvSource({
        "NONE, 30, 40, 0, 30, 0, 40",
        "NYU_EIGEN, 480, 640, 45, 471, 41, 601",
        "GARG, 352, 1216, 143, 349, 43, 1172",
        "KITTI_EIGEN, 352, 1216, 117, 321, 43, 1172",
        "GARG, 375, 1242, 153, 371, 44, 1197"
    })
    void cropsAreThoseOfTheirPapers(DepthCrop crop, int height, int width, int top, int bottom, int left, int right) {
        assertThat(crop.of(height, width)).isEqualTo(new Area(top, bottom, left, right));
    }

    @Test
    void theBenchmarksPartIsBelowAndInTheMiddle() {
        assertThat(DepthCrop.benchmark(375, 1242)).isEqualTo(new Area(23, 375, 13, 1229));
        assertThat(new DepthArea(true, DepthCrop.GARG).measured(375, 1242)).isEqualTo(new Area(166, 372, 56, 1185));
        assertThatThrownBy(() -> DepthCrop.benchmark(375, 1215))
                .isInstanceOf(UserException.class)
                .hasMessage("kb-crop cuts out 1216 x 352 pixels, but a picture is only 1215 x 375.");
        assertThatThrownBy(() -> DepthCrop.NYU_EIGEN.of(48, 64))
                .isInstanceOf(UserException.class)
                .hasMessage("The crop nyu-eigen is for pictures of 640 x 480, but this one is 64 x 48. "
                        + "Choose crop: none.");
    }

    @Test
    void onlyTheCropCounts() {
        float[] truth = new float[480 * 640];
        Arrays.fill(truth, 2);
        float[] prediction = new float[truth.length];
        Arrays.fill(prediction, 5);
        for (int y = 45; y < 471; y++) {
            Arrays.fill(prediction, y * 640 + 41, y * 640 + 601, 2);
        }
        DepthMetrics metrics = new DepthMetrics(RANGE, new DepthArea(false, DepthCrop.NYU_EIGEN), Averaging.PICTURE);
        metrics.update(Raster.depth(640, 480, prediction), Raster.depth(640, 480, truth));
        assertThat(metrics.report().values()).containsEntry("rmse", 0.0).containsEntry("d1", 1.0);
        assertThat(metrics.pixels()).isEqualTo(426 * 560);
    }

    @Test
    void sizesMustAgree() {
        assertThatThrownBy(() -> metrics(Averaging.PICTURE, List.of(new Pair(depth(1, 2), depth(1)))))
                .hasMessage("The prediction is 2 x 1, the truth 1 x 1");
    }
}
