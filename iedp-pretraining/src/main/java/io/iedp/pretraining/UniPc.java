package io.iedp.pretraining;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * UniPC of second order (Zhao et al., 2023, "UniPC", algorithms 5 and 6): each output corrects the step that led to it before
 * it predicts the next one.
 */
final class UniPc extends Stepping {
    private static final int ORDER = 2;

    private final SigmaGrid grid;
    private final Prediction prediction;
    private final boolean linear;
    private final boolean bySigmas;

    /** What the model predicted at the last two steps, the latest first. */
    private final double[][] originals = new double[ORDER][];

    private double[] last;
    private int order;

    /**
     * @param linear whether {@code B(h)} of the paper is {@code h}, not {@code exp(h) - 1}
     * @param bySigmas whether it goes by noise levels, not by timesteps
     */
    UniPc(SigmaGrid grid, Prediction prediction, boolean linear, boolean bySigmas) {
        super(grid.timesteps());
        this.grid = grid;
        this.prediction = prediction;
        this.linear = linear;
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
        double[] original = original(output, sample);
        double[] corrected = next() == 0 ? sample : corrected(original);
        originals[1] = originals[0];
        originals[0] = original;
        order = Math.min(Math.min(ORDER, count() - next()), next() + 1);
        last = corrected;
        return predicted(corrected);
    }

    private double[] predicted(double[] sample) {
        Move move = new Move(next(), next() + 1);
        double[] next = move.firstOrder(sample, originals[0]);
        return order == 1 ? next : Sums.of(1, next, 0.5 * move.weight(), slope(move, next() - 1));
    }

    /** The sample that the last step led to, now that the output there is known. */
    private double[] corrected(double[] original) {
        Move move = new Move(next() - 1, next());
        double[] next = move.firstOrder(last, originals[0]);
        double[] change = Sums.of(1, original, -1, originals[0]);
        if (order == 1) {
            return Sums.of(1, next, 0.5 * move.weight(), change);
        }
        // The solution of [1, 1; place, 1] * (slope, change) = (first, second).
        double place = move.place(next() - 2);
        double ofSlope = (move.first() - move.second()) / (1 - place);
        return Sums.of(
                1,
                next,
                move.weight() * ofSlope,
                slope(move, next() - 2),
                move.weight() * (move.first() - ofSlope),
                change);
    }

    /** How the originals changed before a move, in its own length. */
    private double[] slope(Move move, int before) {
        double place = move.place(before);
        return Sums.of(1 / place, originals[1], -1 / place, originals[0]);
    }

    /** From one place of the grid to another; the letters are the paper's. */
    private final class Move {
        private final int from;
        private final int to;
        private final double h;

        Move(int from, int to) {
            this.from = from;
            this.to = to;
            h = grid.logSnr(to) - grid.logSnr(from);
        }

        double[] firstOrder(double[] sample, double[] original) {
            return Sums.of(grid.noise(to) / grid.noise(from), sample, -grid.signal(to) * Math.expm1(-h), original);
        }

        /** The factor of what higher orders add. */
        double weight() {
            return -grid.signal(to) * b();
        }

        /** Where another place lies, in lengths of this move from its begin. */
        double place(int other) {
            return (grid.logSnr(other) - grid.logSnr(from)) / h;
        }

        double first() {
            return phi() / b();
        }

        double second() {
            return (phi() / -h - 0.5) * 2 / b();
        }

        private double phi() {
            return Math.expm1(-h) / -h - 1;
        }

        private double b() {
            return linear ? -h : Math.expm1(-h);
        }
    }
}
