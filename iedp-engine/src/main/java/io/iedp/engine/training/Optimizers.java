package io.iedp.engine.training;

import io.iedp.api.optim.Optimizer;
import io.iedp.api.optim.OptimizerContext;
import io.iedp.api.optim.OptimizerKernels;
import io.iedp.config.experiment.Experiment.Training;
import io.iedp.nn.GroupedOptimizer;
import io.iedp.nn.ModelWeights;
import io.iedp.nn.TorchKernels;

/** Makes the optimizer that an experiment chooses. */
public final class Optimizers {
    private Optimizers() {}

    private record Context(OptimizerKernels kernels) implements OptimizerContext {}

    /** For what trains of a model. */
    public static GroupedOptimizer of(Training settings, TorchKernels kernels, ModelWeights weights) {
        Optimizer optimizer = settings.optimizer().create(new Context(kernels));
        return new GroupedOptimizer(
                kernels, weights.manager(), optimizer, ParameterGroups.of(settings, weights.parameters()));
    }
}
