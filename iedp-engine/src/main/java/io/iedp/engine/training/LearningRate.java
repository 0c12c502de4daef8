package io.iedp.engine.training;

import io.iedp.api.training.Schedule;
import io.iedp.api.training.ScheduleContext;
import io.iedp.config.experiment.Experiment.Training;

/** The learning rate at each step: a linear warm-up, then the schedule. */
final class LearningRate {
    /** Where the warm-up begins, as a share of the peak (VPD's setting). */
    private static final double WARMUP_START = 1e-6;

    private final Training settings;
    private final Schedule schedule;

    LearningRate(Training settings) {
        this.settings = settings;
        ScheduleContext context = settings::steps;
        this.schedule = settings.schedule().create(context);
    }

    /**
     * @param step from 0
     */
    double at(int step) {
        double lowest = settings.minLearningRate();
        double scheduled = lowest + (settings.learningRate() - lowest) * schedule.at(step, settings.steps());
        if (step >= settings.warmup()) {
            return scheduled;
        }
        double share = (double) step / settings.warmup();
        return scheduled * (1 - (1 - share) * (1 - WARMUP_START));
    }
}
