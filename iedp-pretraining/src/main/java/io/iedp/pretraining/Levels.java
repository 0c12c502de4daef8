package io.iedp.pretraining;

import java.util.stream.IntStream;

/**
 * A schedule as samplers that go by timesteps step on it.
 *
 * @param end the share of signal after the last step
 */
record Levels(NoiseSchedule schedule, double end) {
    /**
     * @param endsClean whether nothing is left of the noise after the last step; else as much as at timestep 0
     */
    static Levels of(NoiseSchedule schedule, boolean endsClean) {
        return new Levels(schedule, endsClean ? 1 : schedule.alphaBar(0));
    }

    /** The share of signal; timesteps below 0 are after the last. */
    double alphaBar(int timestep) {
        return timestep < 0 ? end : schedule.alphaBar(timestep);
    }

    /** The factor of the original in a sample. */
    double signal(int timestep) {
        return Math.sqrt(alphaBar(timestep));
    }

    /** The factor of the noise in a sample. */
    double noise(int timestep) {
        return Math.sqrt(1 - alphaBar(timestep));
    }

    double[] original(int timestep, double[] sample, double[] output) {
        return schedule.prediction().original(signal(timestep), noise(timestep), sample, output);
    }

    /** How far steps go on average, without the rest. */
    int stride(int steps) {
        return schedule.timesteps() / steps;
    }

    /** Whole timesteps. */
    static double[] whole(double... timesteps) {
        return IntStream.range(0, timesteps.length)
                .mapToDouble(i -> Math.rint(timesteps[i]))
                .toArray();
    }
}
