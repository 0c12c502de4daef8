package io.iedp.launcher.engine;

import io.iedp.launcher.experiment.Experiment.Training;

/** The learning rate at each step: a linear warm-up, then the schedule. */
record LearningRate(Training settings) {
    /** Where the warm-up begins, as a share of the peak (VPD's setting). */
    private static final double WARMUP_START = 1e-6;

    /**
     * @param step from 0
     */
    double at(int step) {
        double scheduled = settings.learningRate() * factor((double) step / settings.steps());
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
        };
    }
}
