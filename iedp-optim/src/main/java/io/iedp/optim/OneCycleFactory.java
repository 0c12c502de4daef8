package io.iedp.optim;

import io.iedp.api.optim.Schedule;
import io.iedp.api.optim.ScheduleContext;
import io.iedp.api.optim.ScheduleFactory;

/** Makes {@link OneCycle}. */
final class OneCycleFactory implements ScheduleFactory<OneCycleConfig> {
    @Override
    public String type() {
        return "one-cycle";
    }

    @Override
    public Class<OneCycleConfig> configuration() {
        return OneCycleConfig.class;
    }

    @Override
    public String description() {
        return "Rises over almost half of the steps and falls over as many, both to the power of 0.9, as VPD trains depth (Zhao et al., 2023).";
    }

    @Override
    public Schedule create(OneCycleConfig configuration, ScheduleContext context) {
        return new OneCycle(configuration.epochs(), context.steps());
    }
}
