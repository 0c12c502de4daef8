package io.iedp.tasks;

import io.iedp.api.data.Raster;
import io.iedp.api.task.MetricReport;
import io.iedp.api.task.MetricTable;
import io.iedp.api.task.Metrics;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Intersection over union and accuracy from one confusion matrix over all pixels of a data set, the way
 * mmsegmentation counts: a class that occurs in neither prediction nor truth is left out of the mean.
 */
public final class SegmentationMetrics implements Metrics {
    static final String MEAN_IOU = "mIoU";
    private static final String MEAN_ACCURACY = "mAcc";
    /** The name of the share of pixels that are right, from 0 to 1. */
    public static final String PIXEL_ACCURACY = "aAcc";

    private final List<String> names;
    /** Row: truth, column: prediction. */
    private final long[][] pixels;

    private final RegionSizes sizes;

    /**
     * @param names of the classes
     */
    public SegmentationMetrics(List<String> names) {
        this.names = List.copyOf(names);
        this.pixels = new long[names.size()][names.size()];
        this.sizes = new RegionSizes(names.size());
    }

    @Override
    public void update(Raster prediction, Raster truth) {
        if (prediction.width() != truth.width() || prediction.height() != truth.height()) {
            throw new IllegalArgumentException("The prediction is %s x %s, the truth %s x %s"
                    .formatted(prediction.width(), prediction.height(), truth.width(), truth.height()));
        }
        sizes.update(prediction, truth);
        float[] predicted = prediction.values();
        float[] labels = truth.values();
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] != Raster.IGNORE) {
                pixels[(int) labels[i]][(int) predicted[i]]++;
            }
        }
    }

    @Override
    public MetricReport report() {
        Map<String, Double> values = new LinkedHashMap<>();
        values.put(MEAN_IOU, mean(this::iou));
        values.put(MEAN_ACCURACY, mean(this::accuracy));
        long all = IntStream.range(0, names.size()).mapToLong(this::truths).sum();
        long right =
                IntStream.range(0, names.size()).mapToLong(c -> pixels[c][c]).sum();
        values.put(PIXEL_ACCURACY, (double) right / all);
        List<List<String>> rows = new ArrayList<>();
        for (int c = 0; c < names.size(); c++) {
            rows.add(List.of(
                    names.get(c),
                    percent(iou(c)),
                    percent(accuracy(c)),
                    percent(dice(c)),
                    percent(precision(c)),
                    percent((double) truths(c) / all)));
        }
        return new MetricReport(
                values,
                List.of(
                        new MetricTable(
                                "Classes",
                                List.of("class", "IoU %", "accuracy %", "Dice %", "precision %", "share of pixels %"),
                                rows),
                        sizes.table()));
    }

    /** NaN if the class is in neither prediction nor truth. */
    public double iou(int c) {
        return (double) pixels[c][c] / (truths(c) + predictions(c) - pixels[c][c]);
    }

    /** The share of the class that is found, also called recall; NaN if the class is not in the truth. */
    public double accuracy(int c) {
        return (double) pixels[c][c] / truths(c);
    }

    /** The share of what is taken for the class that is it; NaN if nothing is. */
    public double precision(int c) {
        return (double) pixels[c][c] / predictions(c);
    }

    /** NaN if the class is in neither prediction nor truth. */
    public double dice(int c) {
        return 2.0 * pixels[c][c] / (truths(c) + predictions(c));
    }

    /** The harmonic mean of precision and recall: {@link #dice}, but NaN where either is or both are 0. */
    public double fScore(int c) {
        return 2 * precision(c) * accuracy(c) / (precision(c) + accuracy(c));
    }

    private long truths(int c) {
        return IntStream.range(0, names.size())
                .mapToLong(other -> pixels[c][other])
                .sum();
    }

    private long predictions(int c) {
        return IntStream.range(0, names.size())
                .mapToLong(other -> pixels[other][c])
                .sum();
    }

    /** Over the classes for which it is a number. */
    public double mean(IntToDoubleFunction metric) {
        return IntStream.range(0, names.size())
                .mapToDouble(metric)
                .filter(value -> !Double.isNaN(value))
                .average()
                .orElse(Double.NaN);
    }

    private static String percent(double fraction) {
        return Double.isNaN(fraction) ? "-" : String.format(Locale.ROOT, "%.2f", 100 * fraction);
    }
}
