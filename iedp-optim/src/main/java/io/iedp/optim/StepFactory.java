package io.iedp.optim;

import io.iedp.api.optim.Schedule;
import io.iedp.api.optim.ScheduleContext;
import io.iedp.api.optim.ScheduleFactory;

/** Makes {@link Steps}. */
final class StepFactory implements ScheduleFactory<StepConfig> {
    @Override
    public String type() {
        return "step";
    }

    @Override
    public Class<StepConfig> configuration() {
        return StepConfig.class;
    }

    @Override
    public String description() {
        return "Is multiplied by a factor at each of some steps.";
    }

    @Override
    public Schedule create(StepConfig configuration, ScheduleContext context) {
        return Steps.of(configuration, context.steps());
    }
}
