package io.iedp.launcher.run;

import io.iedp.engine.training.StopSignal;
import java.util.concurrent.CountDownLatch;

/**
 * Lets training save its state when the process is asked to end, as by SIGINT or SIGTERM. The virtual machine then exits
 * with 128 and the number of the signal.
 */
final class Interruption implements AutoCloseable {
    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread hook;

    private Interruption(StopSignal stop) {
        hook = new Thread(
                () -> {
                    stop.interrupt("the process was asked to end");
                    awaitEnd();
                },
                "interruption");
    }

    /** Stops what is asked to stop before the process ends, and waits for {@link #close}. */
    static Interruption watch(StopSignal stop) {
        Interruption interruption = new Interruption(stop);
        Runtime.getRuntime().addShutdownHook(interruption.hook);
        return interruption;
    }

    /** Lets the process end. */
    @Override
    public void close() {
        done.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending already.
        }
    }

    private void awaitEnd() {
        try {
            done.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
