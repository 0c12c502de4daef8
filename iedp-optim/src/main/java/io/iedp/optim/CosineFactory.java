package io.iedp.optim;

import io.iedp.api.optim.Schedule;
import io.iedp.api.optim.ScheduleContext;
import io.iedp.api.optim.ScheduleFactory;

/** Makes a schedule that falls along half a wave. */
final class CosineFactory implements ScheduleFactory<CosineConfig> {
    @Override
    public String type() {
        return "cosine";
    }

    @Override
    public Class<CosineConfig> configuration() {
        return CosineConfig.class;
    }

    @Override
    public String description() {
        return "Falls along half a cosine wave (Loshchilov and Hutter, 2017).";
    }

    @Override
    public Schedule create(CosineConfig configuration, ScheduleContext context) {
        return step -> (1 + Math.cos(Math.PI * ((double) step / context.steps()))) / 2;
    }
}
