package io.iedp.launcher.run;

import io.iedp.engine.training.StopSignal;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/**
 * Lets training save its state when the process is asked to end. The first SIGINT or SIGTERM ends training; the second ends the
 * process as soon as the state is saved, without a report; a third ends it at once. What else ends the virtual machine, such
 * as SIGHUP, waits for the state as the first signal does.
 */
final class Interruption implements AutoCloseable {
    private final StopSignal stop;
    private final Consumer<String> say;
    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread hook = new Thread(this::stopAndWait, "interruption");
    private final List<Signals> handled;
    private int received;

    private Interruption(StopSignal stop, Consumer<String> say) {
        this.stop = stop;
        this.say = say;
        Runtime.getRuntime().addShutdownHook(hook);
        handled = List.of(Signals.handle("INT", this::received), Signals.handle("TERM", this::received));
    }

    /**
     * Stops what is asked to stop before the process ends.
     *
     * @param say tells the user that it was heard
     */
    static Interruption watch(StopSignal stop, Consumer<String> say) {
        return new Interruption(stop, say);
    }

    /** Lets the process end. */
    @Override
    public void close() {
        handled.forEach(Signals::close);
        done.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending already.
        }
    }

    private synchronized void received(int exitCode) {
        received++;
        if (received == 1) {
            stop.interrupt("the process was asked to end");
            say.accept(
                    "Stopping after this step, or this batch of an evaluation. A second signal ends the process as soon "
                            + "as the state is saved.");
        } else if (received == 2) {
            stop.whenSaved(() -> Runtime.getRuntime().halt(exitCode));
        } else {
            Runtime.getRuntime().halt(exitCode);
        }
    }

    private void stopAndWait() {
        stop.interrupt("the process was asked to end");
        try {
            done.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
