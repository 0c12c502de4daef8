package io.iedp.optim;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import io.iedp.api.optim.Optimizer;
import io.iedp.api.optim.OptimizerKernels;
import io.iedp.api.optim.ParameterStep;
import java.util.Map;

/** Lion (Chen et al., 2023, algorithm 2): steps of one length in each weight, whose signs are those of a mean of gradients. */
record Lion(LionConfig settings, OptimizerKernels kernels) implements Optimizer {
    private static final String MEAN = "mean";

    @Override
    public Map<String, Shape> state(Shape parameter) {
        return Map.of(MEAN, parameter);
    }

    @Override
    public void step(ParameterStep step) {
        double share = step.momentum().orElse(settings.betas().get(0));
        kernels.scale(step.parameters(), 1 - step.learningRate() * step.weightDecay());
        for (ParameterStep.Entry entry : step.entries()) {
            // One at a time, since it takes the memory of a parameter.
            try (NDScope scope = new NDScope()) {
                scope.suppressNotUsedWarning();
                NDArray mean = entry.state().get(MEAN).mul(share);
                NDArray direction =
                        mean.addi(entry.gradient().mul(1 - share)).sign().muli(step.learningRate());
                entry.parameter().subi(direction);
            }
        }
        kernels.lerp(step.state(MEAN), step.gradients(), 1 - settings.betas().get(1));
    }
}
