package io.iedp.pretraining.objective;

import java.util.LinkedHashMap;
import java.util.Map;

/** Means of values over samples, by name. */
final class Means {
    private final Map<String, Double> sums = new LinkedHashMap<>();
    private long samples;

    /** Counts samples with the sums of their values. */
    void add(Map<String, Double> values, int count) {
        values.forEach((name, value) -> sums.merge(name, value, Double::sum));
        samples += count;
    }

    Map<String, Double> values() {
        Map<String, Double> means = new LinkedHashMap<>();
        sums.forEach((name, sum) -> means.put(name, sum / samples));
        return means;
    }
}
