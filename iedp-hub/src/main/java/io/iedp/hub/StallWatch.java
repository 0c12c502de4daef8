package io.iedp.hub;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/** Closes a stream that has given nothing for too long, which ends a read that waits for it. */
final class StallWatch implements AutoCloseable {
    private final InputStream stream;
    private final Duration limit;
    private final Thread thread;
    private volatile long last = System.nanoTime();
    private volatile boolean stalled;

    StallWatch(InputStream stream, Duration limit) {
        this.stream = stream;
        this.limit = limit;
        this.thread = new Thread(this::watch, "iedp-download-watch");
        thread.setDaemon(true);
        thread.start();
    }

    private void watch() {
        try {
            while (true) {
                long left = limit.toNanos() - (System.nanoTime() - last);
                if (left <= 0) {
                    stalled = true;
                    stream.close();
                    return;
                }
                Thread.sleep(Duration.ofNanos(left).toMillis() + 1);
            }
        } catch (InterruptedException | IOException e) {
            // over, or closed already
        }
    }

    /** Something came. */
    void alive() {
        last = System.nanoTime();
    }

    boolean stalled() {
        return stalled;
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
