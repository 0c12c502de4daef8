package io.iedp.engine.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.iedp.api.hook.Hook;
import io.iedp.api.hook.StepReport;
import io.iedp.nn.Scopes;
import io.iedp.nn.TorchKernels;
import java.util.List;
import java.util.function.Supplier;

/** An exponential moving average of the trained weights. Buffers, which are averages already, are not averaged. */
public final class WeightAverage implements Hook {
    private final TorchKernels kernels;
    private final NDManager manager;
    private final List<NDArray> trained;
    private final List<NDArray> averaged;
    private final double decay;

    /**
     * Begins with the present weights.
     *
     * @param decay the share of the average that a step keeps, once there were enough steps
     */
    public WeightAverage(TorchKernels kernels, NDManager parent, List<NDArray> trained, double decay) {
        this.kernels = kernels;
        this.manager = parent.newSubManager();
        this.trained = List.copyOf(trained);
        this.averaged = copies(manager);
        this.decay = decay;
    }

    @Override
    public void afterStep(StepReport step) {
        kernels.lerp(averaged, trained, 1 - kept(decay, step.step()));
    }

    /**
     * The share of the average that a step keeps.
     *
     * @param step counted from 1
     */
    public static double kept(double decay, int step) {
        return Math.min(decay, (1.0 + step) / (10 + step));
    }

    /** In the order of the trained weights; whoever restores them changes the arrays in place. */
    public List<NDArray> arrays() {
        return averaged;
    }

    /** Does something while the model has the averaged weights. */
    <T> T within(Supplier<T> work) {
        try (NDManager temporary = manager.newSubManager()) {
            List<NDArray> current = copies(temporary);
            kernels.copy(trained, averaged);
            try {
                return work.get();
            } finally {
                kernels.copy(trained, current);
            }
        }
    }

    @Override
    public void close() {
        manager.close();
    }

    private List<NDArray> copies(NDManager owner) {
        List<NDArray> copies = trained.stream()
                .map(array -> Scopes.unscoped(owner.zeros(array.getShape())))
                .toList();
        kernels.copy(copies, trained);
        return copies;
    }
}
