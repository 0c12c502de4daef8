package io.iedp.pretraining.objective;

import ai.djl.ndarray.NDArray;
import io.iedp.api.data.Sample;
import io.iedp.api.task.MetricReport;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** How well pictures find their captions among many, and the classes that are in them among all. */
final class Retrieval {
    /** The share of pictures whose own caption is the most alike of {@link #AMONG}. */
    static final String RETRIEVED = "captions found";

    /**
     * The share of the classes in pictures that are among the most alike: of each picture as many classes as it has, so that
     * recall and precision are the same.
     */
    static final String PRESENT = "classes found";

    private static final int AMONG = 64;

    /** {@link ClassRetrieval}. */
    private static final String BY_NAME = "pictures found by class";

    private final List<float[]> classes;
    private final ClassRetrieval byName;
    private final List<float[]> images = new ArrayList<>();
    private final List<float[]> texts = new ArrayList<>();
    private long tried;
    private long retrieved;
    private long present;
    private long found;

    /**
     * @param names of the classes
     * @param classes the embeddings of their names
     */
    Retrieval(List<String> names, List<float[]> classes) {
        this.classes = classes;
        this.byName = new ClassRetrieval(names);
    }

    /** The rows of a matrix. */
    static List<float[]> rows(NDArray matrix) {
        float[] values = matrix.toFloatArray();
        int width = Math.toIntExact(matrix.getShape().get(1));
        List<float[]> rows = new ArrayList<>();
        for (int i = 0; i < values.length; i += width) {
            rows.add(Arrays.copyOfRange(values, i, i + width));
        }
        return rows;
    }

    /** Counts samples, with normalized embeddings. */
    void add(List<Sample> samples, List<float[]> ofImages, List<float[]> ofTexts) {
        for (int i = 0; i < samples.size(); i++) {
            if (!classes.isEmpty() && samples.get(i).targets().containsKey(Sample.LABELS)) {
                find(samples.get(i).target(Sample.LABELS).classes().get(0, classes.size()), ofImages.get(i));
            }
            images.add(ofImages.get(i));
            texts.add(ofTexts.get(i));
            if (images.size() == AMONG) {
                retrieve();
            }
        }
    }

    private void find(BitSet there, float[] image) {
        double[] likeness =
                classes.stream().mapToDouble(name -> product(image, name)).toArray();
        byName.add(there, likeness);
        Comparator<Integer> alike = Comparator.comparingDouble(label -> -likeness[label]);
        present += there.cardinality();
        found += IntStream.range(0, classes.size())
                .boxed()
                .sorted(alike)
                .limit(there.cardinality())
                .filter(there::get)
                .count();
    }

    private void retrieve() {
        for (int i = 0; i < images.size(); i++) {
            double own = product(images.get(i), texts.get(i));
            boolean best = true;
            for (int other = 0; other < texts.size() && best; other++) {
                best = other == i || product(images.get(i), texts.get(other)) < own;
            }
            retrieved += best ? 1 : 0;
        }
        tried += images.size();
        images.clear();
        texts.clear();
    }

    private static double product(float[] left, float[] right) {
        double sum = 0;
        for (int i = 0; i < left.length; i++) {
            sum += left[i] * right[i];
        }
        return sum;
    }

    /** The metrics of all samples so far. */
    MetricReport report() {
        if (tried == 0) {
            retrieve();
        }
        Map<String, Double> values = new LinkedHashMap<>();
        if (!classes.isEmpty()) {
            values.put(PRESENT, present == 0 ? Double.NaN : (double) found / present);
        }
        byName.mean().ifPresent(mean -> values.put(BY_NAME, mean));
        values.put(RETRIEVED, (double) retrieved / tried);
        return new MetricReport(values, present == 0 ? List.of() : List.of(byName.table()));
    }
}
