package io.iedp.pretraining;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * PNDM's linear multistep method without Runge-Kutta steps (Liu et al., 2022, "Pseudo Numerical Methods for Diffusion Models on
 * Manifolds"), which asks twice at the second timestep, as Stable Diffusion is sampled.
 */
final class Pndm extends Stepping {
    private static final int ORDER = 4;

    private final Levels levels;
    private final int stride;
    private final List<double[]> outputs = new ArrayList<>();
    private double[] first;

    /**
     * @param timesteps whole numbers, from the highest down
     */
    Pndm(Levels levels, double... timesteps) {
        super(secondTwice(timesteps));
        this.levels = levels;
        stride = levels.stride(timesteps.length);
    }

    private static double[] secondTwice(double... timesteps) {
        return IntStream.range(0, timesteps.length)
                .mapToObj(i -> i == 1 ? DoubleStream.of(timesteps[i], timesteps[i]) : DoubleStream.of(timesteps[i]))
                .flatMapToDouble(each -> each)
                .toArray();
    }

    @Override
    public double[] original(double[] output, double[] sample) {
        return levels.original(timestep(), sample, output);
    }

    @Override
    double[] advance(double[] output, double[] sample, Supplier<double[]> noise) {
        int timestep = timestep();
        if (next() == 1) {
            // The first step once more, with the mean of the outputs at its two ends.
            double[] mean = Sums.of(0.5, output, 0.5, outputs.get(0));
            return transfer(first, timestep + stride, timestep, mean);
        }
        if (next() == 0) {
            first = sample;
        }
        outputs.add(0, output);
        if (outputs.size() > ORDER) {
            outputs.remove(ORDER);
        }
        return transfer(sample, timestep, timestep - stride, mixed());
    }

    /** The latest outputs as Adams and Bashforth extrapolate them. */
    private double[] mixed() {
        return switch (outputs.size()) {
            case 1 -> outputs.get(0);
            case 2 -> Sums.of(3 / 2.0, outputs.get(0), -1 / 2.0, outputs.get(1));
            case 3 -> Sums.of(23 / 12.0, outputs.get(0), -16 / 12.0, outputs.get(1), 5 / 12.0, outputs.get(2));
            default ->
                Sums.of(
                        1,
                        Sums.of(55 / 24.0, outputs.get(0), -59 / 24.0, outputs.get(1)),
                        1,
                        Sums.of(37 / 24.0, outputs.get(2), -9 / 24.0, outputs.get(3)));
        };
    }

    /** Formula 9 of the paper. */
    private double[] transfer(double[] sample, int from, int to, double[] output) {
        double before = levels.alphaBar(from);
        double after = levels.alphaBar(to);
        double[] noise = levels.schedule().prediction().noise(levels.signal(from), levels.noise(from), sample, output);
        double divisor = before * Math.sqrt(1 - after) + Math.sqrt(before * (1 - before) * after);
        return Sums.of(Math.sqrt(after / before), sample, -(after - before) / divisor, noise);
    }
}
