package io.iedp.optim;

import io.iedp.api.optim.Schedule;
import io.iedp.api.optim.ScheduleContext;
import io.iedp.api.optim.ScheduleFactory;

/** Makes {@link TorchOneCycle}. */
final class TorchOneCycleFactory implements ScheduleFactory<TorchOneCycleConfig> {
    @Override
    public String type() {
        return "torch-one-cycle";
    }

    @Override
    public Class<TorchOneCycleConfig> configuration() {
        return TorchOneCycleConfig.class;
    }

    @Override
    public String description() {
        return "PyTorch's OneCycleLR: rises and falls along cosine waves, while momentum does the opposite (Smith and Topin, 2018).";
    }

    @Override
    public Schedule create(TorchOneCycleConfig configuration, ScheduleContext context) {
        return new TorchOneCycle(configuration, context.steps());
    }
}
