package io.iedp.pretraining.objective;

import io.iedp.api.task.MetricTable;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * How well the name of a class finds the pictures that show it: of as many pictures as there are of it, the most alike,
 * the share that is right, so that recall and precision are the same (R-precision).
 */
final class ClassRetrieval {
    private final List<String> names;
    private final List<BitSet> shown = new ArrayList<>();
    private final List<double[]> alike = new ArrayList<>();

    ClassRetrieval(List<String> names) {
        this.names = names;
    }

    /**
     * @param likeness of the picture to each class
     */
    void add(BitSet classes, double[] likeness) {
        shown.add(classes);
        alike.add(likeness);
    }

    /** NaN if no picture shows the class, or all do. */
    private double found(int label) {
        long there = pictures(label);
        if (there == 0 || there == shown.size()) {
            return Double.NaN;
        }
        Comparator<Integer> order = Comparator.comparingDouble(picture -> -alike.get(picture)[label]);
        long right = IntStream.range(0, shown.size())
                .boxed()
                .sorted(order)
                .limit(there)
                .filter(picture -> shown.get(picture).get(label))
                .count();
        return (double) right / there;
    }

    private long pictures(int label) {
        return shown.stream().filter(classes -> classes.get(label)).count();
    }

    /** The mean over the classes that some pictures show and others do not. */
    OptionalDouble mean() {
        return IntStream.range(0, names.size())
                .mapToDouble(this::found)
                .filter(found -> !Double.isNaN(found))
                .average();
    }

    MetricTable table() {
        List<List<String>> rows = new ArrayList<>();
        for (int label = 0; label < names.size(); label++) {
            double found = found(label);
            rows.add(List.of(
                    names.get(label),
                    String.format(Locale.ROOT, "%.2f", 100.0 * pictures(label) / shown.size()),
                    Double.isNaN(found) ? "-" : String.format(Locale.ROOT, "%.2f", 100 * found)));
        }
        return new MetricTable("Classes", List.of("class", "pictures %", "found by name %"), rows);
    }
}
