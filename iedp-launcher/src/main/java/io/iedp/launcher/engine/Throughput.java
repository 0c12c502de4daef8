package io.iedp.launcher.engine;

import java.util.function.Supplier;

/** How fast training goes, evaluations left out. */
final class Throughput {
    private final BatchLoader batches;
    private final int batchSize;
    private final long start = System.nanoTime();
    private long paused;

    Throughput(BatchLoader batches, int batchSize) {
        this.batches = batches;
        this.batchSize = batchSize;
    }

    <T> T paused(Supplier<T> work) {
        long from = System.nanoTime();
        try {
            return work.get();
        } finally {
            paused += System.nanoTime() - from;
        }
    }

    double imagesPerSecond(int steps) {
        return steps * batchSize / (elapsed() / 1e9);
    }

    double waitShare() {
        return (double) batches.waited() / elapsed();
    }

    private long elapsed() {
        return Math.max(1, System.nanoTime() - start - paused);
    }
}
