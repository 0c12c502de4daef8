package io.iedp.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.iedp.nn.testing.TorchTest;
import java.util.function.UnaryOperator;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SiLogLossTest extends TorchTest {
    private static final Shape SHAPE = new Shape(6);
    private static final double MAX = 8;
    private static final double[] OUTPUTS = {-1.5, 0.3, 2, -0.4, 1, 0.7};
    private static final double[] TRUTH = {1.2, 0, 7, Double.POSITIVE_INFINITY, 0.0005, 3.5};

    private static NDArray truth(double... values) {
        return Derivative.array(manager, new Shape(values.length), values);
    }

    private static double depth(DepthActivation activation, double output) {
        return switch (activation) {
            case SIGMOID -> MAX / (1 + Math.exp(-output));
            case SOFTPLUS -> Math.log1p(Math.exp(output));
            case EXP -> Math.exp(output);
        };
    }

    /** Of the readings 1.2, 7 and 3.5 alone. */
    private static double expected(DepthActivation activation, double lambda, double[] outputs) {
        double sum = 0;
        double squares = 0;
        for (int i : new int[] {0, 2, 5}) {
            double d = Math.log(TRUTH[i]) - Math.log(depth(activation, outputs[i]));
            sum += d / 3;
            squares += d * d / 3;
        }
        return Math.sqrt(squares - lambda * sum * sum);
    }

    private static UnaryOperator<NDArray> loss(DepthActivation activation, double lambda, double... truth) {
        return output -> new SiLogLoss(lambda, 0.001).of(activation.logDepth(output, MAX), truth(truth));
    }

    @ParameterizedTest
    @CsvSource({"SIGMOID, 0.5", "SIGMOID, 0.85", "SIGMOID, 0", "SIGMOID, 1", "SOFTPLUS, 0.5", "EXP, 0.5"})
    void valueAndGradientAreThoseOfTheDefinition(DepthActivation activation, double lambda) {
        Derivative.assertLike(
                manager,
                loss(activation, lambda, TRUTH),
                outputs -> expected(activation, lambda, outputs),
                SHAPE,
                OUTPUTS);
    }

    @Test
    void notANumberIsNoReading() {
        double[] gap = TRUTH.clone();
        gap[1] = Double.NaN;
        UnaryOperator<NDArray> loss = loss(DepthActivation.SIGMOID, 0.5, gap);
        assertThat(Derivative.value(manager, loss, SHAPE, OUTPUTS))
                .isEqualTo(Derivative.value(manager, loss(DepthActivation.SIGMOID, 0.5, TRUTH), SHAPE, OUTPUTS));
        assertThat(Derivative.gradient(manager, loss, SHAPE, OUTPUTS)[1]).isZero();
    }

    @Test
    void withoutReadingsThereIsNothingToLearn() {
        UnaryOperator<NDArray> loss = loss(DepthActivation.SIGMOID, 0.5, 0, -1, 0.001, 0, Double.NaN, 0);
        assertThat(Derivative.value(manager, loss, SHAPE, OUTPUTS)).isZero();
        assertThat(Derivative.gradient(manager, loss, SHAPE, OUTPUTS)).containsOnly(0);
    }

    /** At a loss of 0 the root has no slope: a perfect prediction, or, with lambda 1, one that is off by a factor. */
    @ParameterizedTest
    @ValueSource(doubles = {1, 2})
    void whereTheRootHasNoSlopeThereIsNoGradient(double factor) {
        double[] outputs = {0.1, 0.5, -2, 0, 1, 3};
        double[] truth = new double[outputs.length];
        for (int i = 0; i < truth.length; i++) {
            truth[i] = factor * Math.exp((float) outputs[i]);
        }
        UnaryOperator<NDArray> loss = loss(DepthActivation.EXP, 1, truth);
        assertThat(Derivative.value(manager, loss, SHAPE, outputs)).isZero();
        assertThat(Derivative.gradient(manager, loss, SHAPE, outputs)).containsOnly(0);
    }

    @ParameterizedTest
    @EnumSource(DepthActivation.class)
    void gradientsStayFiniteWhateverTheOutput(DepthActivation activation) {
        double[] outputs = {-1000, -90, -17, 17, 80, 0};
        UnaryOperator<NDArray> loss = loss(activation, 0.5, 1, 2, 3, 4, 5, 0);
        for (float slope : Derivative.gradient(manager, loss, SHAPE, outputs)) {
            assertThat(slope).isFinite();
        }
        assertThat(Derivative.value(manager, loss, SHAPE, outputs)).isFinite().isPositive();
    }

    @ParameterizedTest
    @EnumSource(DepthActivation.class)
    void theLogarithmIsThatOfTheDepth(DepthActivation activation) {
        for (double output : new double[] {-30, -17.5, -16.5, -3, 0, 2, 19, 30}) {
            double depth = depth(activation, output);
            assertThat((double) Derivative.value(manager, x -> activation.depth(x, MAX), new Shape(), output))
                    .isEqualTo(depth, Assertions.within(2e-6 * depth));
            assertThat((double) Derivative.value(manager, x -> activation.logDepth(x, MAX), new Shape(), output))
                    .isEqualTo(Math.log(depth), Assertions.within(2e-6 * Math.max(1, Math.abs(Math.log(depth)))));
        }
    }
}
