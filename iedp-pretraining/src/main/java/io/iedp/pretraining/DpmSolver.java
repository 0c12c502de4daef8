package io.iedp.pretraining;

import java.util.Optional;
import java.util.function.Supplier;

/** DPM-Solver++ of second order, multistep, midpoint (Lu et al., 2022, "DPM-Solver++", algorithm 2). */
final class DpmSolver extends Stepping {
    private final SigmaGrid grid;
    private final Prediction prediction;
    private final boolean firstOrderAtEnd;
    private final boolean bySigmas;
    private double[] before;

    /**
     * @param firstOrderAtEnd whether the last step takes the last output alone
     * @param bySigmas whether it goes by noise levels, not by timesteps
     */
    DpmSolver(SigmaGrid grid, Prediction prediction, boolean firstOrderAtEnd, boolean bySigmas) {
        super(grid.timesteps());
        this.grid = grid;
        this.prediction = prediction;
        this.firstOrderAtEnd = firstOrderAtEnd;
        this.bySigmas = bySigmas;
    }

    @Override
    public Optional<double[]> sigmas() {
        return bySigmas ? Optional.of(grid.sigmas()) : Optional.empty();
    }

    @Override
    public double[] original(double[] output, double[] sample) {
        return prediction.original(grid.signal(next()), grid.noise(next()), sample, output);
    }

    @Override
    double[] advance(double[] output, double[] sample, Supplier<double[]> noise) {
        int step = next();
        double[] original = original(output, sample);
        double keep = grid.noise(step + 1) / grid.noise(step);
        double take = -grid.signal(step + 1) * Math.expm1(grid.logSnr(step) - grid.logSnr(step + 1));
        double[] next = Sums.of(keep, sample, take, original);
        if (before != null && !(isLast() && firstOrderAtEnd)) {
            double growth = (grid.logSnr(step + 1) - grid.logSnr(step)) / (grid.logSnr(step) - grid.logSnr(step - 1));
            next = Sums.of(1, next, take / 2 * growth, original, -take / 2 * growth, before);
        }
        before = original;
        return next;
    }
}
