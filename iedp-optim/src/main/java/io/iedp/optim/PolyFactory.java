package io.iedp.optim;

import io.iedp.api.optim.Schedule;
import io.iedp.api.optim.ScheduleContext;
import io.iedp.api.optim.ScheduleFactory;

/** Makes a schedule that falls as a power of the steps that are left. */
final class PolyFactory implements ScheduleFactory<PolyConfig> {
    @Override
    public String type() {
        return "poly";
    }

    @Override
    public Class<PolyConfig> configuration() {
        return PolyConfig.class;
    }

    @Override
    public String description() {
        return "Falls from the first step to the last as a power of the share that is left; linearly, with a power of 1.";
    }

    @Override
    public Schedule create(PolyConfig configuration, ScheduleContext context) {
        return step -> Math.pow(1 - (double) step / context.steps(), configuration.power());
    }
}
