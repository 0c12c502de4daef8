package io.iedp.engine.data;

import io.iedp.api.data.Dataset;
import io.iedp.api.data.Sample;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/**
 * Makes training batches in worker threads, a few ahead of the step. Each epoch visits the data set in
 * an {@linkplain Dataset#order order} of its own; what a batch holds depends on the seed and its number alone, not on the workers.
 */
public final class BatchLoader implements AutoCloseable {
    private static final int AHEAD_PER_WORKER = 2;

    private final Dataset dataset;
    private final Augmentation augmentation;
    private final UnaryOperator<Sample> preparation;
    private final int batchSize;
    private final long seed;
    private final int visits;
    private final ExecutorService workers;
    private final Deque<Future<HostBatch>> ahead = new ArrayDeque<>();
    private final int depth;
    private final long end;
    private long submitted;
    private long epoch = -1;
    private int[] order = new int[0];
    private long waited;

    /**
     * @param preparation of samples that have been changed
     * @param first number of the first batch, from 0
     * @param end number of the batch after the last
     */
    BatchLoader(
            Dataset dataset,
            Augmentation augmentation,
            UnaryOperator<Sample> preparation,
            int batchSize,
            int workers,
            long first,
            long end) {
        this.preparation = preparation;
        this.dataset = dataset;
        this.augmentation = augmentation;
        this.batchSize = batchSize;
        this.seed = augmentation.seed();
        this.visits = dataset.order(new Random(seed)).length;
        this.submitted = first;
        this.end = end;
        this.depth = workers * AHEAD_PER_WORKER;
        this.workers = workerThreads("data", workers);
    }

    public static ExecutorService workerThreads(String name, int count) {
        AtomicInteger number = new AtomicInteger();
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        return Executors.newFixedThreadPool(count, task -> {
            Thread thread = new Thread(task, name + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            thread.setContextClassLoader(loader);
            return thread;
        });
    }

    /** The next batch; waits for the workers if they are behind. */
    public HostBatch next() {
        while (ahead.size() < depth && submitted < end) {
            submit(submitted++);
        }
        long start = System.nanoTime();
        try {
            return await(ahead.remove());
        } finally {
            waited += System.nanoTime() - start;
        }
    }

    /** Nanoseconds spent in waiting so far. */
    public long waited() {
        return waited;
    }

    @Override
    public void close() {
        workers.shutdownNow();
    }

    public static <T> T await(Future<T> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for data", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private void submit(long batch) {
        long[] positions = new long[batchSize];
        int[] indices = new int[batchSize];
        for (int i = 0; i < batchSize; i++) {
            positions[i] = batch * batchSize + i;
            indices[i] = indexAt(positions[i]);
        }
        ahead.add(workers.submit(() -> load(positions, indices)));
    }

    private HostBatch load(long[] positions, int[] indices) {
        List<Sample> samples = new ArrayList<>(indices.length);
        for (int i = 0; i < indices.length; i++) {
            samples.add(preparation.apply(augmentation.apply(dataset.get(indices[i]), positions[i])));
        }
        return HostBatch.of(samples);
    }

    private int indexAt(long position) {
        long wanted = position / visits;
        if (wanted != epoch) {
            epoch = wanted;
            order = dataset.order(new Random(seed + 31 * epoch));
        }
        return order[(int) (position % visits)];
    }
}
