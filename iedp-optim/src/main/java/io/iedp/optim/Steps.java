package io.iedp.optim;

import io.iedp.api.optim.Schedule;
import java.util.List;

/**
 * Falls in steps, as PyTorch's {@code MultiStepLR} does.
 *
 * @param milestones numbers of steps, after each of which the learning rate is lower
 */
record Steps(List<Integer> milestones, double share) implements Schedule {
    static Steps of(StepConfig configuration, int steps) {
        return new Steps(
                configuration.milestones().stream()
                        .map(milestone -> Math.toIntExact(Math.round(milestone < 1 ? milestone * steps : milestone)))
                        .toList(),
                configuration.factor());
    }

    @Override
    public double factor(int step) {
        double factor = 1;
        for (int milestone : milestones) {
            factor *= milestone <= step ? share : 1;
        }
        return factor;
    }
}
