package io.iedp.engine.training;

import io.iedp.engine.data.BatchLoader;
import java.util.function.Supplier;

/** How fast training goes, evaluations left out. */
final class Throughput {
    private final BatchLoader batches;
    private final int samples;
    private final int before;
    private final long start = System.nanoTime();
    private long paused;

    /**
     * @param samples of one step
     * @param before how many steps were made before the clock started
     */
    Throughput(BatchLoader batches, int samples, int before) {
        this.batches = batches;
        this.samples = samples;
        this.before = before;
    }

    <T> T paused(Supplier<T> work) {
        long from = System.nanoTime();
        try {
            return work.get();
        } finally {
            paused += System.nanoTime() - from;
        }
    }

    void pause(Runnable work) {
        paused(() -> {
            work.run();
            return null;
        });
    }

    double imagesPerSecond(int steps) {
        return (double) (steps - before) * samples / (elapsed() / 1e9);
    }

    double waitShare() {
        return (double) batches.waited() / elapsed();
    }

    private long elapsed() {
        return Math.max(1, System.nanoTime() - start - paused);
    }
}
