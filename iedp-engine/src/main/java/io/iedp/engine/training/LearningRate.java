package io.iedp.engine.training;

import io.iedp.api.UserException;
import io.iedp.api.optim.Schedule;
import io.iedp.api.optim.ScheduleContext;
import io.iedp.config.experiment.Experiment.Training;
import java.util.OptionalDouble;

/** The learning rate at each step: a linear warm-up, times the schedule. */
public final class LearningRate {
    /** Where the warm-up begins, as a share of the peak (VPD's setting). */
    private static final double WARMUP_START = 1e-6;

    private final Training settings;
    private final Schedule schedule;

    public LearningRate(Training settings) {
        this.settings = settings;
        this.schedule = settings.schedule().create(new Length(settings.steps()));
    }

    private record Length(int steps) implements ScheduleContext {}

    /**
     * @param step from 0
     * @throws UserException if the schedule gives no number
     */
    public double at(int step) {
        double factor = schedule.factor(step);
        if (!Double.isFinite(factor)) {
            throw new UserException("training.schedule: '%s' gives the learning rate %s at step %s"
                    .formatted(settings.schedule().type(), factor, step + 1));
        }
        double lowest = settings.minLearningRate();
        double scheduled = lowest + (settings.learningRate() - lowest) * factor;
        if (step >= settings.warmup()) {
            return scheduled;
        }
        double share = (double) step / settings.warmup();
        return scheduled * (1 - (1 - share) * (1 - WARMUP_START));
    }

    /**
     * What takes the place of the optimizer's momentum, if the schedule moves it.
     *
     * @param step from 0
     */
    public OptionalDouble momentum(int step) {
        return schedule.momentum(step);
    }
}
