package io.iedp.optim;

import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LionTest {
    private static final double RATE = 0.03;
    private static final double DECAY = 0.1;

    /** Chen et al. (2023), algorithm 2, where no gradient has no sign. */
    private static final class Published implements Descent.Formula {
        private final double beta1;
        private final double beta2;
        private double mean;

        Published(double beta1, double beta2) {
            this.beta1 = beta1;
            this.beta2 = beta2;
        }

        @Override
        public double next(int step, double weight, double gradient) {
            double direction = Math.signum(beta1 * mean + (1 - beta1) * gradient);
            mean = beta2 * mean + (1 - beta2) * gradient;
            return weight - RATE * (direction + DECAY * weight);
        }
    }

    @ParameterizedTest
    @CsvSource({"0.9, 0.99", "0.95, 0.98", "0.5, 0.6"})
    void stepsAreThoseOfThePaper(double beta1, double beta2) {
        Descent.assertFollows(
                kernels -> new Lion(new LionConfig(List.of(beta1, beta2)), kernels),
                RATE,
                DECAY,
                OptionalDouble.empty(),
                weight -> new Published(beta1, beta2));
        Descent.assertFollows(
                kernels -> new Lion(new LionConfig(List.of(beta1, beta2)), kernels),
                RATE,
                DECAY,
                OptionalDouble.of(0.87),
                weight -> new Published(0.87, beta2));
    }
}
