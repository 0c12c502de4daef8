package io.iedp.engine.data;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/** Makes numbered items in worker threads, a bounded number ahead, and hands them out in order. */
public final class Prefetch {
    private static final int AHEAD_PER_WORKER = 4;

    private Prefetch() {}

    /** Makes all items with that many worker threads and hands them to the visitor in order. */
    public static <T> void forEach(int workers, int count, IntFunction<T> make, Consumer<T> visitor) {
        ExecutorService threads = BatchLoader.workerThreads("data", workers);
        try {
            inOrder(threads, count, workers * AHEAD_PER_WORKER, make).forEachRemaining(visitor);
        } finally {
            threads.shutdownNow();
        }
    }

    public static <T> Iterator<T> inOrder(ExecutorService workers, int count, int depth, IntFunction<T> make) {
        return new Iterator<>() {
            private final Deque<Future<T>> ahead = new ArrayDeque<>();
            private int submitted;

            @Override
            public boolean hasNext() {
                while (submitted < count && ahead.size() < depth) {
                    int index = submitted++;
                    ahead.add(workers.submit(() -> make.apply(index)));
                }
                return !ahead.isEmpty();
            }

            @Override
            public T next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                return BatchLoader.await(ahead.remove());
            }
        };
    }
}
