package io.iedp.serve.limits;

import java.time.Duration;

/**
 * The moment by which a request must be answered.
 *
 * @param nanos on the clock of {@link System#nanoTime}
 */
public record Deadline(long nanos) {
    public static Deadline in(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos());
    }

    /** Negative when it has passed. */
    public long nanosLeft() {
        return nanos - System.nanoTime();
    }

    public boolean hasPassed() {
        return nanosLeft() <= 0;
    }

    /**
     * @throws RequestFailure when it has passed
     */
    public void check() {
        if (hasPassed()) {
            throw RequestFailure.late();
        }
    }
}
