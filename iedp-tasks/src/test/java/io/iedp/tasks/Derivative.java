package io.iedp.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import io.iedp.nn.Gradients;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;

/** Holds a loss and its gradient to a function in double precision and its central differences. */
public final class Derivative {
    private static final double STEP = 1e-5;

    private Derivative() {}

    /** The gradient of a scalar by its argument. */
    public static float[] gradient(NDManager manager, UnaryOperator<NDArray> loss, Shape shape, double... at) {
        try (NDScope scope = new NDScope();
                Gradients.Recording on = Gradients.record()) {
            NDArray argument = array(manager, shape, at);
            argument.setRequiresGradient(true);
            Gradients.backward(loss.apply(argument));
            // Plus zero: there is no minus zero in the result.
            return Gradients.of(argument).orElseThrow().add(0).toFloatArray();
        }
    }

    public static float value(NDManager manager, UnaryOperator<NDArray> loss, Shape shape, double... at) {
        try (NDScope scope = new NDScope()) {
            return loss.apply(array(manager, shape, at)).getFloat();
        }
    }

    public static void assertLike(
            NDManager manager,
            UnaryOperator<NDArray> loss,
            ToDoubleFunction<double[]> expected,
            Shape shape,
            double... at) {
        assertThat((double) value(manager, loss, shape, at)).isEqualTo(expected.applyAsDouble(at), within(1e-5));
        float[] gradient = gradient(manager, loss, shape, at);
        for (int i = 0; i < at.length; i++) {
            double[] moved = at.clone();
            moved[i] = at[i] + STEP;
            double more = expected.applyAsDouble(moved);
            moved[i] = at[i] - STEP;
            double less = expected.applyAsDouble(moved);
            assertThat((double) gradient[i]).as("gradient %d", i).isEqualTo((more - less) / (2 * STEP), within(1e-5));
        }
    }

    public static NDArray array(NDManager manager, Shape shape, double... values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return manager.create(floats, shape);
    }
}
