package io.iedp.launcher.engine;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/** Makes numbered items in worker threads, a bounded number ahead, and hands them out in order. */
final class Prefetch {
    private Prefetch() {}

    static <T> Iterator<T> inOrder(ExecutorService workers, int count, int depth, IntFunction<T> make) {
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
