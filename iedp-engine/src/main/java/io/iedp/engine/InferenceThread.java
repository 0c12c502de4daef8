package io.iedp.engine;

import io.iedp.nn.TorchRuntime;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The one thread on which all models of the process compute. It never ends, and does not keep the process alive. */
final class InferenceThread {
    private static final ExecutorService THREAD = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "iedp-inference");
        thread.setDaemon(true);
        return thread;
    });

    private InferenceThread() {}

    /** Does some work on the thread, with the caller's context class loader, and waits for it even when interrupted. */
    static <T> T call(Callable<T> work) {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        Future<T> result = THREAD.submit(() -> {
            Thread.currentThread().setContextClassLoader(loader);
            try {
                return work.call();
            } finally {
                TorchRuntime.get().computeThreads().release();
                Thread.currentThread().setContextClassLoader(null);
            }
        });
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return result.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    throw rethrown(e.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static RuntimeException rethrown(Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof RuntimeException runtime ? runtime : new IllegalStateException(cause);
    }
}
