package io.iedp.launcher.run;

import io.iedp.launcher.report.RunReport;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the pages of a run on a thread of its own, so that training need not wait for the disk. Only the newest report
 * counts: one that is not begun when the next comes is dropped. What cannot be written is logged.
 */
final class PageWriter implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PageWriter.class);

    private final Consumer<RunReport> write;
    private final Thread thread;
    private Optional<RunReport> newest = Optional.empty();
    private boolean closed;

    /**
     * @param write puts a report where it belongs
     */
    PageWriter(Consumer<RunReport> write) {
        this.write = write;
        thread = new Thread(this::writeAll, "page");
        // Whoever closes waits for it; without that, nothing should.
        thread.setDaemon(true);
    }

    /** Has a report written soon. */
    synchronized void submit(RunReport report) {
        if (closed) {
            throw new IllegalStateException("No page is written any more");
        }
        newest = Optional.of(report);
        if (thread.getState() == Thread.State.NEW) {
            thread.start();
        }
        notifyAll();
    }

    /** Writes the newest report, if it is not written yet, and ends; nothing is written afterwards. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void writeAll() {
        for (Optional<RunReport> next = take(); next.isPresent(); next = take()) {
            try {
                write.accept(next.get());
            } catch (RuntimeException | Error e) {
                LOG.warn("The page is not up to date", e);
            }
        }
    }

    /** Waits for the next report; empty when there is none and none will come. */
    private synchronized Optional<RunReport> take() {
        while (newest.isEmpty() && !closed) {
            try {
                wait();
            } catch (InterruptedException e) {
                closed = true;
            }
        }
        Optional<RunReport> taken = newest;
        newest = Optional.empty();
        return taken;
    }
}
