package io.iedp.pretraining;

import java.util.function.Supplier;

/** DDIM (Song et al., 2021, "Denoising Diffusion Implicit Models", formulas 12 and 16). */
final class Ddim extends Stepping {
    private final Levels levels;
    private final Clipping clipping;
    private final double eta;
    private final int stride;

    /**
     * @param timesteps whole numbers, from the highest down
     * @param eta how much of DDPM's noise each step adds, from 0 to 1
     */
    Ddim(Levels levels, Clipping clipping, double eta, double... timesteps) {
        super(timesteps);
        this.levels = levels;
        this.clipping = clipping;
        this.eta = eta;
        stride = levels.stride(timesteps.length);
    }

    @Override
    public double[] original(double[] output, double[] sample) {
        return clipping.clip(levels.original(timestep(), sample, output));
    }

    @Override
    double[] advance(double[] output, double[] sample, Supplier<double[]> noise) {
        int timestep = timestep();
        int to = timestep - stride;
        double[] predicted =
                levels.schedule().prediction().noise(levels.signal(timestep), levels.noise(timestep), sample, output);
        double deviation = eta * Math.sqrt(variance(timestep, to));
        double direction = Math.sqrt(Math.max(0, 1 - levels.alphaBar(to) - deviation * deviation));
        double[] next = Sums.of(levels.signal(to), original(output, sample), direction, predicted);
        return eta > 0 ? Sums.of(1, next, deviation, noise.get()) : next;
    }

    private double variance(int from, int to) {
        double before = levels.alphaBar(from);
        double after = levels.alphaBar(to);
        return (1 - after) / (1 - before) * (1 - before / after);
    }
}
