package io.iedp.pretraining;

import java.util.function.Supplier;

/** What samplers have in common: they count their steps. */
abstract class Stepping implements Sampler {
    private final double[] timesteps;
    private int done;

    Stepping(double... timesteps) {
        this.timesteps = timesteps.clone();
    }

    @Override
    public double[] timesteps() {
        return timesteps.clone();
    }

    @Override
    public double initialNoise() {
        return 1;
    }

    @Override
    public double[] input(double[] sample) {
        return sample;
    }

    @Override
    public double[] step(double[] output, double[] sample, Supplier<double[]> noise) {
        if (done == timesteps.length) {
            throw new IllegalStateException("all %s steps are done".formatted(done));
        }
        double[] next = advance(output, sample, noise);
        done++;
        return next;
    }

    /** Does the next step. */
    abstract double[] advance(double[] output, double[] sample, Supplier<double[]> noise);

    /** The number of the next step, from 0. */
    int next() {
        return done;
    }

    boolean isLast() {
        return done == timesteps.length - 1;
    }

    /** Where the next step begins; whole numbers only of samplers that go by timesteps. */
    int timestep() {
        return (int) timesteps[done];
    }

    int count() {
        return timesteps.length;
    }
}
