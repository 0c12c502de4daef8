package io.iedp.optim;

import io.iedp.api.IedpPlugin;
import io.iedp.api.optim.Optimizer;
import io.iedp.api.optim.OptimizerContext;
import io.iedp.api.optim.OptimizerFactory;
import io.iedp.api.optim.Schedule;
import io.iedp.api.optim.ScheduleContext;
import io.iedp.api.optim.ScheduleFactory;
import java.util.List;
import java.util.function.BiFunction;

/** Brings the optimizers and schedules of this module. */
public final class OptimPlugin implements IedpPlugin {
    @Override
    public List<OptimizerFactory<?>> optimizers() {
        return List.of(
                new OptimizerOf<>(
                        "adamw",
                        AdamWConfig.class,
                        "AdamW: Adam with decoupled weight decay (Loshchilov and Hutter, 2019).",
                        (configuration, context) -> new AdamW(configuration, context.kernels())),
                new OptimizerOf<>(
                        "sgd",
                        SgdConfig.class,
                        "Stochastic gradient descent with momentum, as PyTorch has it: weight decay is added to the gradient "
                                + "(Sutskever et al., 2013).",
                        (configuration, context) -> new Sgd(configuration, context.kernels())),
                new OptimizerOf<>(
                        "lion",
                        LionConfig.class,
                        "Lion (Chen et al., 2023), which moves every weight as far as the learning rate says: that should be 3 to "
                                + "10 times smaller than AdamW's, and the weight decay as many times larger.",
                        (configuration, context) -> new Lion(configuration, context.kernels())));
    }

    @Override
    public List<ScheduleFactory<?>> schedules() {
        return List.of(
                new ScheduleOf<>(
                        "poly",
                        PolyConfig.class,
                        "Falls as a power of the share of steps that are left, linearly by default.",
                        (configuration, context) -> new Poly(configuration.power(), context.steps())),
                new ScheduleOf<>(
                        "cosine",
                        CosineConfig.class,
                        "Falls along half a cosine, once or several times (Loshchilov and Hutter, 2017).",
                        (configuration, context) -> new Cosine(configuration.cycles(), context.steps())),
                new ScheduleOf<>(
                        "constant", ConstantConfig.class, "Stays at the peak.", (configuration, context) -> step -> 1),
                new ScheduleOf<>(
                        "step",
                        StepConfig.class,
                        "Falls by a factor at some steps, as PyTorch's MultiStepLR does.",
                        (configuration, context) -> Steps.of(configuration, context.steps())),
                new ScheduleOf<>(
                        "one-cycle",
                        OneCycleConfig.class,
                        "Rises over half of the epochs and falls over as many more, as VPD trains depth (Zhao et al., 2023).",
                        (configuration, context) -> new OneCycle(configuration, context.steps())),
                new ScheduleOf<>(
                        "torch-one-cycle",
                        TorchOneCycleConfig.class,
                        "Rises and falls along half a cosine each, as PyTorch's OneCycleLR does (Smith and Topin, 2018).",
                        (configuration, context) -> new TorchOneCycle(configuration, context.steps())));
    }

    private record OptimizerOf<C extends Record>(
            String type, Class<C> configuration, String description, BiFunction<C, OptimizerContext, Optimizer> maker)
            implements OptimizerFactory<C> {
        @Override
        public Optimizer create(C configuration, OptimizerContext context) {
            return maker.apply(configuration, context);
        }
    }

    private record ScheduleOf<C extends Record>(
            String type, Class<C> configuration, String description, BiFunction<C, ScheduleContext, Schedule> maker)
            implements ScheduleFactory<C> {
        @Override
        public Schedule create(C configuration, ScheduleContext context) {
            return maker.apply(configuration, context);
        }
    }
}
