package io.iedp.pretraining;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * The way from noise to one sample, in steps at each of which a model is asked. It is for one run: it knows which step is next
 * and what the model gave before. Samples, outputs and noise are arrays of the same length, whatever their shape.
 */
public interface Sampler {
    /** What the model is asked at, in order; one may come twice, and some samplers have fractions. */
    double[] timesteps();

    /** The standard deviation of the noise that the run starts from. */
    double initialNoise();

    /** What the model is given for the sample at the next step. */
    double[] input(double[] sample);

    /** The sample without noise, as the model's output at the next step has it. */
    double[] original(double[] output, double[] sample);

    /**
     * Goes the next step.
     *
     * @param output of the model, for {@link #input}
     * @param sample before the step
     * @param noise gives new standard normal numbers, if the step needs them
     * @return the sample after the step
     * @throws IllegalStateException after the last step
     */
    double[] step(double[] output, double[] sample, Supplier<double[]> noise);

    /**
     * The ratios of noise to signal before each step and after the last, for samplers that go by them. Samples of
     * {@code euler} and {@code euler-a} are original plus so much noise.
     */
    default Optional<double[]> sigmas() {
        return Optional.empty();
    }
}
