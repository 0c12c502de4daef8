package io.iedp.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.types.Shape;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SgdTest {
    private static final double RATE = 0.05;
    private static final double DECAY = 0.02;

    /** As the documentation of {@code torch.optim.SGD} writes it, without dampening. */
    private static final class Published implements Descent.Formula {
        private final double momentum;
        private final boolean nesterov;
        private double buffer;

        Published(double momentum, boolean nesterov) {
            this.momentum = momentum;
            this.nesterov = nesterov;
        }

        @Override
        public double next(int step, double weight, double gradient) {
            double g = gradient + DECAY * weight;
            if (momentum != 0) {
                buffer = step == 1 ? g : momentum * buffer + g;
                g = nesterov ? g + momentum * buffer : buffer;
            }
            return weight - RATE * g;
        }
    }

    @ParameterizedTest
    @CsvSource({"0, false", "0.9, false", "0.9, true", "0.5, true"})
    void stepsAreThoseOfThePublishedFormula(double momentum, boolean nesterov) {
        Descent.assertFollows(
                kernels -> new Sgd(new SgdConfig(momentum, nesterov), kernels),
                RATE,
                DECAY,
                OptionalDouble.empty(),
                weight -> new Published(momentum, nesterov));
    }

    @Test
    void aScheduleCanMoveTheMomentum() {
        Descent.assertFollows(
                kernels -> new Sgd(new SgdConfig(0.9, false), kernels),
                RATE,
                DECAY,
                OptionalDouble.of(0.6),
                weight -> new Published(0.6, false));
        Descent.assertFollows(
                kernels -> new Sgd(new SgdConfig(0, false), kernels),
                RATE,
                DECAY,
                OptionalDouble.of(0.6),
                weight -> new Published(0, false));
    }

    @Test
    void withoutMomentumNothingIsKept() {
        Shape shape = new Shape(2, 3);
        assertThat(new Sgd(new SgdConfig(0, false), null).state(shape)).isEmpty();
        assertThat(new Sgd(new SgdConfig(0.9, false), null).state(shape)).isEqualTo(Map.of("velocity", shape));
    }

    @Test
    void lookingAheadNeedsMomentum() {
        assertThatThrownBy(() -> new SgdConfig(0, true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("nesterov looks ahead by the momentum, but momentum is 0; 0.9 is usual");
    }
}
