package io.iedp.engine.bench;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Adds up how long parts of some work take. */
final class PartTimes {
    private final Map<String, Double> milliseconds = new LinkedHashMap<>();

    /** Counts some work. */
    <T> T run(String part, Supplier<T> work) {
        long start = System.nanoTime();
        try {
            return work.get();
        } finally {
            milliseconds.merge(part, (System.nanoTime() - start) / 1e6, Double::sum);
        }
    }

    /** What was counted since the last call, in milliseconds. */
    Map<String, Double> take() {
        Map<String, Double> taken = new LinkedHashMap<>(milliseconds);
        milliseconds.clear();
        return taken;
    }
}
