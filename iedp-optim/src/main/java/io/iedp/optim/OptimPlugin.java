package io.iedp.optim;

import io.iedp.api.IedpPlugin;
import io.iedp.api.optim.OptimizerFactory;
import io.iedp.api.optim.ScheduleFactory;
import java.util.List;

/** Brings the optimizers and schedules of this module. */
public final class OptimPlugin implements IedpPlugin {
    @Override
    public List<OptimizerFactory<?>> optimizers() {
        return List.of(new AdamWFactory(), new SgdFactory(), new LionFactory());
    }

    @Override
    public List<ScheduleFactory<?>> schedules() {
        return List.of(
                new PolyFactory(),
                new CosineFactory(),
                new CosineRestartsFactory(),
                new ConstantFactory(),
                new StepFactory(),
                new OneCycleFactory(),
                new TorchOneCycleFactory());
    }
}
