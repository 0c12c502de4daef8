package io.iedp.engine.training;

import io.iedp.config.experiment.Experiment.Training;

/** The learning rate at each step: a linear warm-up, then the schedule. */
record LearningRate(Training settings) {
    /** Where the warm-up begins, as a share of the peak (VPD's setting). */
    private static final double WARMUP_START = 1e-6;

    /** VPD trains depth for 25 epochs, of which the rise takes half, rounded down. */
    private static final double RISE = 12.0 / 25;

    private static final double CYCLE_POWER = 0.9;

    /**
     * @param step from 0
     */
    double at(int step) {
        double factor = factor((double) step / settings.steps());
        double lowest = settings.minLearningRate();
        double scheduled = lowest + (settings.learningRate() - lowest) * factor;
        if (step >= settings.warmup()) {
            return scheduled;
        }
        double share = (double) step / settings.warmup();
        return scheduled * (1 - (1 - share) * (1 - WARMUP_START));
    }

    private double factor(double done) {
        return switch (settings.schedule()) {
            case POLY -> 1 - done;
            case COSINE -> (1 + Math.cos(Math.PI * done)) / 2;
            case CONSTANT -> 1;
            case ONE_CYCLE -> cycle(done / RISE);
        };
    }

    private static double cycle(double turns) {
        return turns < 1 ? Math.pow(turns, CYCLE_POWER) : 1 - Math.min(1, Math.pow(turns - 1, CYCLE_POWER));
    }
}
