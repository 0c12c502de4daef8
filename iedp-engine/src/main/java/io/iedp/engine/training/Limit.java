package io.iedp.engine.training;

import java.util.OptionalInt;

/**
 * A cap to try things out.
 *
 * @param batches the most training steps, and the most batches that an evaluation measures
 */
public record Limit(OptionalInt batches) {
    public static final Limit NONE = new Limit(OptionalInt.empty());

    int steps(int wanted) {
        return Math.min(wanted, most());
    }

    /** The most batches of an evaluation. */
    int most() {
        return batches.orElse(Integer.MAX_VALUE);
    }
}
