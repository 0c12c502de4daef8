package io.iedp.pretraining;

import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Multistep sampling of latent consistency models (Luo et al., 2023, "Latent Consistency Models"): each step predicts the
 * original and, but for the last, adds the next timestep's noise.
 */
final class Lcm extends Stepping {
    /** Of the data, as the boundary condition has it. */
    private static final double DEVIATION = 0.5;

    private final Levels levels;
    private final Clipping clipping;
    private final double timestepScaling;

    /**
     * @param timesteps whole numbers, from the highest down
     * @param timestepScaling the larger, the less of the sample stays in what is predicted
     */
    Lcm(Levels levels, Clipping clipping, double timestepScaling, double... timesteps) {
        super(timesteps);
        this.levels = levels;
        this.clipping = clipping;
        this.timestepScaling = timestepScaling;
    }

    /**
     * Some of the timesteps that the model was distilled at.
     *
     * @param distilled how many those are
     */
    static double[] timesteps(int count, int distilled, int trained) {
        int apart = trained / distilled;
        return IntStream.range(0, count)
                .map(i -> (int) Math.floor(i * ((double) distilled / count)))
                .mapToDouble(i -> (distilled - i) * apart - 1)
                .toArray();
    }

    @Override
    public double[] original(double[] output, double[] sample) {
        double[] predicted = clipping.clip(levels.original(timestep(), sample, output));
        double scaled = timestep() * timestepScaling;
        double squares = scaled * scaled + DEVIATION * DEVIATION;
        return Sums.of(scaled / Math.sqrt(squares), predicted, DEVIATION * DEVIATION / squares, sample);
    }

    @Override
    double[] advance(double[] output, double[] sample, Supplier<double[]> noise) {
        double[] original = original(output, sample);
        if (isLast()) {
            return original;
        }
        int to = (int) timesteps()[next() + 1];
        return Sums.of(levels.signal(to), original, levels.noise(to), noise.get());
    }
}
