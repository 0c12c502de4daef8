package io.iedp.engine.training;

import java.util.OptionalInt;

/** A cap on steps and evaluated samples, to try things out. */
public record Limit(OptionalInt batches) {
    public static final Limit NONE = new Limit(OptionalInt.empty());

    int steps(int wanted) {
        return Math.min(wanted, batches.orElse(Integer.MAX_VALUE));
    }

    int samples(int wanted) {
        return Math.min(wanted, batches.orElse(Integer.MAX_VALUE));
    }
}
