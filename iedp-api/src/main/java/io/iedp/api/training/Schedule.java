package io.iedp.api.training;

import io.iedp.api.Experimental;

/**
 * How the learning rate changes while a run trains. {@code training.learning-rate} is its peak and {@code
 * training.min-learning-rate} its lowest value; the warm-up comes on top.
 */
@Experimental
@FunctionalInterface
public interface Schedule {
    /**
     * Where the learning rate is between the lowest, which is 0, and the peak, which is 1.
     *
     * @param step from 0
     * @param steps of the whole run
     */
    double at(int step, int steps);
}
