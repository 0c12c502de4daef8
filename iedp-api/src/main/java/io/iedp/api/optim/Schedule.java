package io.iedp.api.optim;

import io.iedp.api.Experimental;
import java.util.OptionalDouble;

/**
 * How the learning rate changes in the course of training. What a schedule gives may depend on the number of the step only, so
 * that a run that was interrupted goes on as if it had not been.
 */
@Experimental
public interface Schedule {
    /**
     * Where the learning rate of a step is between {@code training.min-learning-rate}, at 0, and
     * {@code training.learning-rate}, at 1. The host multiplies what comes of it by the warm-up.
     *
     * @param step counted from 0
     */
    double factor(int step);

    /**
     * The optimizer's momentum at a step, or the first of its betas; empty where it keeps its own. It is above 0 and below 1.
     *
     * @param step counted from 0
     */
    default OptionalDouble momentum(int step) {
        return OptionalDouble.empty();
    }
}
