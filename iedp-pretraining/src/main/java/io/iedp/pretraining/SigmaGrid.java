package io.iedp.pretraining;

import java.util.Arrays;
import java.util.stream.IntStream;

/** Timesteps with the ratios of noise to signal there, from the highest down, and the ratio at the end of the last step. */
public final class SigmaGrid {
    /** Of Karras et al., 2022, "Elucidating the Design Space of Diffusion-Based Generative Models". */
    private static final double RHO = 7;

    private final double[] timesteps;
    private final double[] sigmas;

    private SigmaGrid(double[] timesteps, double[] sigmas) {
        this.timesteps = timesteps;
        this.sigmas = sigmas;
    }

    /**
     * @param sigmas one for each timestep
     * @param end the last
     */
    static SigmaGrid of(double[] timesteps, double[] sigmas, double end) {
        double[] all = Arrays.copyOf(sigmas, sigmas.length + 1);
        all[sigmas.length] = end;
        return new SigmaGrid(timesteps, all);
    }

    /** The ratios at timesteps, which may lie between those of the training. */
    static double[] at(NoiseSchedule schedule, double... timesteps) {
        return Arrays.stream(timesteps).map(schedule::sigma).toArray();
    }

    /** Ratios from the highest down, equally far apart in their seventh roots (formula 5 of the paper). */
    public static double[] karras(double highest, double lowest, int count) {
        double from = Math.pow(highest, 1 / RHO);
        double to = Math.pow(lowest, 1 / RHO);
        return IntStream.range(0, count)
                .mapToDouble(i -> count == 1 ? 0 : i / (count - 1.0))
                .map(part -> Math.pow(from + part * (to - from), RHO))
                .toArray();
    }

    /** The timesteps at which the schedule has these ratios, on the straight lines between their logarithms. */
    static double[] timesteps(NoiseSchedule schedule, double... sigmas) {
        return Arrays.stream(sigmas).map(each -> timestep(schedule, each)).toArray();
    }

    private static double timestep(NoiseSchedule schedule, double sigma) {
        int low = 0;
        while (low < schedule.timesteps() - 2 && schedule.sigma(low + 1) <= sigma) {
            low++;
        }
        double from = Math.log(schedule.sigma(low));
        double to = Math.log(schedule.sigma(low + 1));
        double part = (Math.log(Math.max(sigma, 1e-10)) - from) / (to - from);
        return low + Math.max(0, Math.min(part, 1));
    }

    double[] timesteps() {
        return timesteps.clone();
    }

    double[] sigmas() {
        return sigmas.clone();
    }

    double sigma(int step) {
        return sigmas[step];
    }

    /** The factor of the original in a sample of variance 1, before that step. */
    double signal(int step) {
        return 1 / Math.sqrt(sigmas[step] * sigmas[step] + 1);
    }

    /** The factor of the noise in such a sample. */
    double noise(int step) {
        return sigmas[step] * signal(step);
    }

    /** The logarithm of the ratio of signal to noise, infinite where there is no noise. */
    double logSnr(int step) {
        return -Math.log(sigmas[step]);
    }
}
