package io.iedp.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.iedp.api.optim.Optimizer;
import io.iedp.api.optim.OptimizerKernels;
import io.iedp.nn.Gradients;
import io.iedp.nn.GroupedOptimizer;
import io.iedp.nn.TorchKernels;
import io.iedp.nn.TorchRuntime;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;

/** Steps down {@code scale * x * x / 2}, whose gradient is {@code scale * x}, next to a published formula in 64 bits. */
final class Descent {
    private static final double[] SCALES = {1, 10, 0};
    private static final float[] START = {0.5f, -2, 3};
    private static final int STEPS = 6;

    private Descent() {}

    /** What a paper does with one weight; it keeps what it needs. */
    @FunctionalInterface
    interface Formula {
        /**
         * @param step counted from 1
         * @return the weight after the step
         */
        double next(int step, double weight, double gradient);
    }

    static void assertFollows(
            Function<OptimizerKernels, Optimizer> optimizer,
            double rate,
            double decay,
            OptionalDouble momentum,
            Function<Integer, Formula> formula) {
        List<Formula> formulas = List.of(formula.apply(0), formula.apply(1), formula.apply(2));
        double[] expected = {START[0], START[1], START[2]};
        try (NDManager manager = TorchRuntime.get().newManager(Device.cpu());
                TorchKernels kernels = TorchKernels.load()) {
            NDArray x = manager.create(START);
            NDArray scale = manager.create(new float[] {1, 10, 0});
            x.setRequiresGradient(true);
            try (GroupedOptimizer grouped = new GroupedOptimizer(
                    kernels,
                    manager,
                    optimizer.apply(kernels),
                    List.of(new GroupedOptimizer.Group(List.of(x), 0.5, decay)))) {
                for (int step = 1; step <= STEPS; step++) {
                    try (Gradients.Recording on = Gradients.record()) {
                        Gradients.backward(x.mul(x).mul(scale).sum().div(2));
                    }
                    grouped.step(2 * rate, momentum, 0);

                    float[] actual = x.toFloatArray();
                    for (int i = 0; i < expected.length; i++) {
                        expected[i] = formulas.get(i).next(step, expected[i], SCALES[i] * expected[i]);
                        assertThat(actual[i]).as("step %s", step).isCloseTo((float) expected[i], within(1e-5f));
                    }
                }
            }
        }
    }
}
