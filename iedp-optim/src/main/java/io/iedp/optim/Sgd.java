package io.iedp.optim;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.iedp.api.optim.Optimizer;
import io.iedp.api.optim.OptimizerKernels;
import io.iedp.api.optim.ParameterStep;
import java.util.List;
import java.util.Map;

/**
 * Stochastic gradient descent as PyTorch's {@code torch.optim.SGD} has it: with {@code g} the gradient and weight decay
 * times the weight, the velocity is {@code v = momentum * v + g}, and a step goes against {@code v}, or against
 * {@code g + momentum * v} with Nesterov's look ahead (Sutskever et al., 2013, section 2).
 */
record Sgd(SgdConfig settings, OptimizerKernels kernels) implements Optimizer {
    private static final String VELOCITY = "velocity";

    @Override
    public Map<String, Shape> state(Shape parameter) {
        return hasMomentum() ? Map.of(VELOCITY, parameter) : Map.of();
    }

    @Override
    public void step(ParameterStep step) {
        List<NDArray> gradients = step.gradients();
        if (step.weightDecay() > 0) {
            kernels.add(gradients, step.parameters(), step.weightDecay());
        }
        kernels.add(step.parameters(), hasMomentum() ? moved(step, gradients) : gradients, -step.learningRate());
    }

    /** What the momentum makes of the gradients. */
    private List<NDArray> moved(ParameterStep step, List<NDArray> gradients) {
        double momentum = step.momentum().orElse(settings.momentum());
        List<NDArray> velocities = step.state(VELOCITY);
        kernels.scale(velocities, momentum);
        kernels.add(velocities, gradients, 1);
        if (!settings.nesterov()) {
            return velocities;
        }
        kernels.add(gradients, velocities, momentum);
        return gradients;
    }

    private boolean hasMomentum() {
        return settings.momentum() > 0;
    }
}
