package io.iedp.tasks;

import io.iedp.api.data.Raster;
import io.iedp.api.task.MetricTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How much is found of what pictures show a little of, and of what they show a lot of. A region is all that one picture
 * shows of one class; its size is its share of the pixels that have a label.
 */
final class RegionSizes {
    /** Upper bounds of sizes; what is larger than all of them is a size of its own. */
    private static final double[] BOUNDS = {0.01, 0.05, 0.2};

    private static final List<String> NAMES = List.of("under 1 %", "1 to 5 %", "5 to 20 %", "over 20 %");

    private final long[] regions = new long[NAMES.size()];
    private final double[] found = new double[NAMES.size()];
    private final double[] overlap = new double[NAMES.size()];

    private final int classes;

    /**
     * @param classes how many there are
     */
    RegionSizes(int classes) {
        this.classes = classes;
    }

    void update(Raster prediction, Raster truth) {
        long[] there = new long[classes];
        long[] predicted = new long[classes];
        long[] both = new long[classes];
        float[] predictions = prediction.values();
        float[] labels = truth.values();
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] != Raster.IGNORE) {
                there[(int) labels[i]]++;
                predicted[(int) predictions[i]]++;
                if (predictions[i] == labels[i]) {
                    both[(int) labels[i]]++;
                }
            }
        }
        long labelled = Arrays.stream(there).sum();
        for (int c = 0; c < classes; c++) {
            if (there[c] > 0) {
                int size = size((double) there[c] / labelled);
                regions[size]++;
                found[size] += (double) both[c] / there[c];
                overlap[size] += (double) both[c] / (there[c] + predicted[c] - both[c]);
            }
        }
    }

    private static int size(double share) {
        int size = 0;
        while (size < BOUNDS.length && share >= BOUNDS[size]) {
            size++;
        }
        return size;
    }

    MetricTable table() {
        List<List<String>> rows = new ArrayList<>();
        for (int i = 0; i < NAMES.size(); i++) {
            rows.add(List.of(NAMES.get(i), Long.toString(regions[i]), mean(found, i), mean(overlap, i)));
        }
        return new MetricTable(
                "Sizes",
                List.of("share of the picture", "regions", "mean share found %", "mean IoU in the picture %"),
                rows);
    }

    private String mean(double[] sums, int size) {
        return regions[size] == 0 ? "-" : String.format(Locale.ROOT, "%.2f", 100 * sums[size] / regions[size]);
    }
}
