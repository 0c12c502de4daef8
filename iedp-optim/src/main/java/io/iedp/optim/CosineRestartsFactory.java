package io.iedp.optim;

import io.iedp.api.optim.Schedule;
import io.iedp.api.optim.ScheduleContext;
import io.iedp.api.optim.ScheduleFactory;

/** Makes {@link CosineRestarts}. */
final class CosineRestartsFactory implements ScheduleFactory<CosineRestartsConfig> {
    @Override
    public String type() {
        return "cosine-restarts";
    }

    @Override
    public Class<CosineRestartsConfig> configuration() {
        return CosineRestartsConfig.class;
    }

    @Override
    public String description() {
        return "Falls along half a cosine wave several times, and begins at the peak again each time (Loshchilov and Hutter, 2017).";
    }

    @Override
    public Schedule create(CosineRestartsConfig configuration, ScheduleContext context) {
        return new CosineRestarts(configuration.cycles(), context.steps());
    }
}
