package io.iedp.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.iedp.nn.Gradients;
import io.iedp.nn.GroupedOptimizer;
import io.iedp.nn.TorchKernels;
import io.iedp.nn.TorchRuntime;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class AdamWTest {
    private static final AdamWConfig USUAL = new AdamWConfig(List.of(0.9, 0.999), 1e-8);

    /**
     * Loshchilov and Hutter (2019), algorithm 2, in 64 bits: the loss is {@code scale * x * x / 2}, so the gradient is
     * {@code scale * x}.
     */
    @Test
    void stepsAreThoseOfThePaper() {
        double[] scales = {1, 10};
        double[] expected = {0.5, -2};
        double[] mean = new double[2];
        double[] variance = new double[2];
        double rate = 0.1;
        double decay = 0.01;
        try (NDManager manager = TorchRuntime.get().newManager(Device.cpu());
                TorchKernels kernels = TorchKernels.load()) {
            NDArray x = manager.create(new float[] {0.5f, -2});
            NDArray scale = manager.create(new float[] {1, 10});
            x.setRequiresGradient(true);
            try (GroupedOptimizer optimizer = new GroupedOptimizer(
                    kernels,
                    manager,
                    new AdamW(USUAL, kernels),
                    List.of(new GroupedOptimizer.Group(List.of(x), 0.5, decay)))) {
                for (int step = 1; step <= 5; step++) {
                    try (Gradients.Recording on = Gradients.record()) {
                        Gradients.backward(x.mul(x).mul(scale).sum().div(2));
                    }
                    double norm = optimizer.step(rate, 3);

                    double squares = 0;
                    for (int i = 0; i < 2; i++) {
                        squares += Math.pow(scales[i] * expected[i], 2);
                    }
                    assertThat(norm).isCloseTo(Math.sqrt(squares), within(1e-4));
                    for (int i = 0; i < 2; i++) {
                        double gradient = scales[i] * expected[i] * Math.min(1, 3 / Math.sqrt(squares));
                        mean[i] = 0.9 * mean[i] + 0.1 * gradient;
                        variance[i] = 0.999 * variance[i] + 0.001 * gradient * gradient;
                        double corrected = mean[i] / (1 - Math.pow(0.9, step));
                        double spread = Math.sqrt(variance[i] / (1 - Math.pow(0.999, step)));
                        expected[i] -= 0.5 * rate * (decay * expected[i] + corrected / (spread + 1e-8));
                        assertThat(x.toFloatArray()[i]).isCloseTo((float) expected[i], within(1e-5f));
                    }
                }
                assertThat(optimizer.kept().get(0).state().get("step").getFloat())
                        .isEqualTo(5);
                assertThat(optimizer.kept().get(0).state().get("mean").toFloatArray()[0])
                        .isCloseTo((float) mean[0], within(1e-5f));
            }
        }
    }

    @Test
    void aGradientThatIsNotFiniteChangesNothing() {
        try (NDManager manager = TorchRuntime.get().newManager(Device.cpu());
                TorchKernels kernels = TorchKernels.load()) {
            NDArray x = manager.create(new float[] {1, 2});
            x.setRequiresGradient(true);
            try (GroupedOptimizer optimizer = new GroupedOptimizer(
                    kernels,
                    manager,
                    new AdamW(USUAL, kernels),
                    List.of(new GroupedOptimizer.Group(List.of(x), 1, 0)))) {
                try (Gradients.Recording on = Gradients.record()) {
                    Gradients.backward(x.mul(Float.POSITIVE_INFINITY).sum());
                }

                assertThat(optimizer.step(0.1, 1)).isInfinite();
                assertThat(x.toFloatArray()).containsExactly(1, 2);
                assertThat(optimizer.kept().get(0).state().get("step").getFloat())
                        .isZero();
            }
        }
    }

    /** The same algorithm with other settings; the schedule moves the first beta. */
    private static final class Published implements Descent.Formula {
        private final double beta1;
        private double mean;
        private double variance;

        Published(double beta1) {
            this.beta1 = beta1;
        }

        @Override
        public double next(int step, double weight, double gradient) {
            mean = beta1 * mean + (1 - beta1) * gradient;
            variance = 0.98 * variance + 0.02 * gradient * gradient;
            double corrected = mean / (1 - Math.pow(beta1, step));
            double spread = Math.sqrt(variance / (1 - Math.pow(0.98, step)));
            return weight - 0.03 * (0.1 * weight + corrected / (spread + 1e-3));
        }
    }

    @Test
    void betasAndEpsilonAreThoseOfTheFile() {
        AdamWConfig other = new AdamWConfig(List.of(0.8, 0.98), 1e-3);
        for (OptionalDouble momentum : List.of(OptionalDouble.empty(), OptionalDouble.of(0.9))) {
            Descent.assertFollows(
                    kernels -> new AdamW(other, kernels),
                    0.03,
                    0.1,
                    momentum,
                    weight -> new Published(momentum.orElse(0.8)));
        }
    }

    @Test
    void thereAreTwoBetas() {
        assertThatThrownBy(() -> new AdamWConfig(List.of(0.9), 1e-8))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("betas must be two numbers, as in [0.9, 0.99], but there are 1");
    }
}
