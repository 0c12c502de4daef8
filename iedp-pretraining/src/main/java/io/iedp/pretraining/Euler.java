package io.iedp.pretraining;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Euler's method for the ordinary differential equation of Karras et al., 2022, or, ancestral, with part of the noise of each
 * step drawn anew. Samples are the original plus noise of the present ratio.
 */
final class Euler extends Stepping {
    private final SigmaGrid grid;
    private final Prediction prediction;
    private final boolean ancestral;
    private final boolean startsWithSignal;

    /**
     * @param startsWithSignal whether the run's noise stands for a noisy original, rather than for noise alone
     */
    Euler(SigmaGrid grid, Prediction prediction, boolean ancestral, boolean startsWithSignal) {
        super(grid.timesteps());
        this.grid = grid;
        this.prediction = prediction;
        this.ancestral = ancestral;
        this.startsWithSignal = startsWithSignal;
    }

    @Override
    public double initialNoise() {
        double most = Arrays.stream(grid.sigmas()).max().orElseThrow();
        return startsWithSignal ? Math.sqrt(most * most + 1) : most;
    }

    @Override
    public Optional<double[]> sigmas() {
        return Optional.of(grid.sigmas());
    }

    @Override
    public double[] input(double[] sample) {
        return Sums.scaled(grid.signal(next()), sample);
    }

    @Override
    public double[] original(double[] output, double[] sample) {
        return prediction.original(grid.signal(next()), grid.noise(next()), input(sample), output);
    }

    @Override
    double[] advance(double[] output, double[] sample, Supplier<double[]> noise) {
        double from = grid.sigma(next());
        double to = grid.sigma(next() + 1);
        double drawn = ancestral ? to * Math.sqrt(Math.max(0, from * from - to * to)) / from : 0;
        double kept = Math.sqrt(to * to - drawn * drawn);
        double[] next = Sums.of(kept / from, sample, 1 - kept / from, original(output, sample));
        return ancestral ? Sums.of(1, next, drawn, noise.get()) : next;
    }
}
