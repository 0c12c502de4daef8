package io.iedp.optim;

import ai.djl.ndarray.types.Shape;
import io.iedp.api.optim.Optimizer;
import io.iedp.api.optim.OptimizerKernels;
import io.iedp.api.optim.ParameterStep;
import java.util.LinkedHashMap;
import java.util.Map;

/** Adam with decoupled weight decay (Loshchilov and Hutter, 2019, algorithm 2), fused. */
public record AdamW(AdamWConfig settings, OptimizerKernels kernels) implements Optimizer {
    private static final String MEAN = "mean";
    private static final String VARIANCE = "variance";
    private static final String STEP = "step";

    @Override
    public Map<String, Shape> state(Shape parameter) {
        Map<String, Shape> state = new LinkedHashMap<>();
        state.put(MEAN, parameter);
        state.put(VARIANCE, parameter);
        state.put(STEP, new Shape());
        return state;
    }

    @Override
    public void step(ParameterStep step) {
        step.state(STEP).forEach(each -> each.addi(1));
        kernels.adamW(
                step.parameters(),
                step.gradients(),
                step.state(MEAN),
                step.state(VARIANCE),
                step.state(STEP),
                step.learningRate(),
                step.weightDecay(),
                step.momentum().orElse(settings.betas().get(0)),
                settings.betas().get(1),
                settings.epsilon());
    }
}
