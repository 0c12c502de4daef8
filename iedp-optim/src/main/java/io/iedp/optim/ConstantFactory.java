package io.iedp.optim;

import io.iedp.api.optim.Schedule;
import io.iedp.api.optim.ScheduleContext;
import io.iedp.api.optim.ScheduleFactory;

/** Makes a schedule that stays. */
final class ConstantFactory implements ScheduleFactory<ConstantConfig> {
    @Override
    public String type() {
        return "constant";
    }

    @Override
    public Class<ConstantConfig> configuration() {
        return ConstantConfig.class;
    }

    @Override
    public String description() {
        return "Stays at the peak.";
    }

    @Override
    public Schedule create(ConstantConfig configuration, ScheduleContext context) {
        return step -> 1;
    }
}
