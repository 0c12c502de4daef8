package io.iedp.api.optim;

import ai.djl.ndarray.NDArray;
import io.iedp.api.Experimental;
import java.util.List;

/**
 * Operations on many arrays in one call, in place. Lists that go together have the same length, which is at least one, and
 * their arrays the same shapes.
 */
@Experimental
public interface OptimizerKernels {
    /** {@code target *= factor}. */
    void scale(List<NDArray> targets, double factor);

    /** {@code target += factor * source}. */
    void add(List<NDArray> targets, List<NDArray> sources, double factor);

    /** {@code target += share * (source - target)}. */
    void lerp(List<NDArray> targets, List<NDArray> sources, double share);

    /**
     * One step of AdamW (Loshchilov and Hutter, 2019, algorithm 2).
     *
     * @param means of the gradients, exponentially weighted
     * @param variances likewise, uncentred
     * @param steps one array of one element a parameter: how many steps were made, this one included
     * @param epsilon is added to the square roots of the variances
     */
    void adamW(
            List<NDArray> parameters,
            List<NDArray> gradients,
            List<NDArray> means,
            List<NDArray> variances,
            List<NDArray> steps,
            double learningRate,
            double weightDecay,
            double beta1,
            double beta2,
            double epsilon);
}
