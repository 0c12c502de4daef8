package io.iedp.nn;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.initializer.Initializer;
import io.iedp.nn.testing.Plain;
import io.iedp.nn.testing.TorchTest;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Weights in the layout that is computed with give what they gave before, at the size that they were packed for and others. */
class PackedWeightsTest extends TorchTest {
    /** A sum of roundings to the 8 bits of bfloat16, in parts of the largest value. */
    private static final double BFLOAT16 = 1.5e-2;

    private static final double FLOAT = 2e-6;

    /** The number that DJL has for arrays in oneDNN's own layout; 0 is plain. */
    private static final int ONEDNN = 2;

    @ParameterizedTest
    @CsvSource({
        "16, 16, false",
        "1, 1, false",
        "5, 7, false",
        "33, 100, false",
        "320, 17, false",
        "16, 16, true",
        "5, 7, true",
        "33, 100, true",
        "320, 17, true"
    })
    void products(int in, int out, boolean lower) {
        Random random = new Random(1);
        Plain w = Plain.random(random, 1, out, in);
        Plain b = Plain.random(random, 1, out);
        try (NDManager own = manager.newSubManager();
                NDScope scope = new NDScope();
                Gradients.Recording off = Gradients.pause()) {
            scope.suppressNotUsedWarning();
            NDArray weight = packed(own, w, lower);
            NDArray bias = b.toArray(own);
            for (int rows : new int[] {3, 1, 77, 256}) {
                Plain x = Plain.random(random, 1, rows, in);

                NDArray y = kernels.linear(x.toArray(own), weight, bias);
                NDArray without = kernels.linear(x.toArray(own), weight);

                assertThat(x.linear(w, b).difference(kernels.float32(y))).isLessThan(lower ? BFLOAT16 : FLOAT);
                assertThat(x.linear(w, null).difference(kernels.float32(without)))
                        .isLessThan(lower ? BFLOAT16 : FLOAT);
                assertThat(y.getShape()).isEqualTo(new Shape(rows, out));
            }
            assertThat(weight.getShape()).isEqualTo(new Shape(out, in));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "16, 16, 3, 1, 1, false",
        "3, 5, 3, 1, 1, false",
        "16, 33, 3, 2, 1, false",
        "32, 17, 3, 2, 0, false",
        "48, 16, 5, 1, 2, false",
        "24, 16, 3, 1, 1, false",
        "20, 7, 1, 1, 0, false",
        "32, 48, 1, 2, 0, false",
        "16, 3, 1, 1, 1, false",
        "3, 32, 4, 4, 0, false",
        "16, 16, 3, 1, 1, true",
        "32, 17, 3, 2, 1, true",
        "24, 16, 3, 1, 1, true",
        "20, 7, 1, 1, 0, true",
        "3, 32, 4, 4, 0, true"
    })
    void convolutions(int in, int out, int kernel, int stride, int padding, boolean lower) {
        Random random = new Random(2);
        Plain w = Plain.random(random, 1, out, in, kernel, kernel);
        Plain b = Plain.random(random, 1, out);
        try (NDManager own = manager.newSubManager();
                NDScope scope = new NDScope();
                Gradients.Recording off = Gradients.pause()) {
            scope.suppressNotUsedWarning();
            NDArray weight = packed(own, w, lower);
            NDArray bias = b.toArray(own);
            for (int[] size : new int[][] {{8, 8}, {5, 7}, {1 + kernel, 19}}) {
                Plain x = Plain.random(random, 1, in, size[0], size[1]);
                NDArray input = x.toArray(own).expandDims(0);

                NDArray y = kernels.conv2d(input, weight, bias, stride, padding);
                NDArray without = kernels.conv2d(input.concat(input, 0), weight, stride, padding);

                Plain expected = x.convolution(w, b, stride, padding, padding);
                assertThat(y.getShape()).isEqualTo(new Shape(1, out, expected.shape()[1], expected.shape()[2]));
                assertThat(expected.difference(kernels.float32(y))).isLessThan(lower ? BFLOAT16 : FLOAT);
                Plain twice = x.convolution(w, null, stride, padding, padding);
                assertThat(twice.concat(twice).difference(kernels.float32(without)))
                        .isLessThan(lower ? BFLOAT16 : FLOAT);
            }
        }
    }

    /** The weight as it is after its first use has packed it. */
    private static NDArray packed(NDManager manager, Plain values, boolean lower) {
        ModelWeights weights = new ModelWeights(manager, 0);
        NDArray weight = weights.parameter("weight", values.toArray(manager).getShape(), Initializer.ZEROS);
        weight.set(values.toArray(manager).toByteBuffer());
        if (lower) {
            weights.toBfloat16(kernels, parameter -> true);
        }
        weights.pack(kernels, parameter -> true);
        return weight;
    }

    /** One that packs its weights leaves no second copy of them, and loses none when it is closed. */
    @Test
    void aPackedWeightTakesThePlaceOfThePlainOne() {
        try (NDManager root = TorchRuntime.get().newManager(Device.cpu());
                Gradients.Recording off = Gradients.pause()) {
            NDArray weight = packed(root, Plain.random(new Random(3), 1, 32, 32), false);
            NDArray x = root.ones(new Shape(4, 32));
            int before = root.getManagedArrays().size();
            assertThat(layout(weight)).isZero();

            for (int i = 0; i < 3; i++) {
                kernels.linear(x, weight).close();
            }

            assertThat(root.getManagedArrays()).hasSize(before);
            assertThat(layout(weight)).isEqualTo(ONEDNN);
        }
    }

    private static int layout(NDArray array) {
        return JniUtils.getLayout((PtNDArray) array);
    }

    @Test
    void whatIsNotAskedForStaysAsItIs() {
        try (NDManager own = manager.newSubManager();
                NDScope scope = new NDScope();
                Gradients.Recording off = Gradients.pause()) {
            scope.suppressNotUsedWarning();
            ModelWeights weights = new ModelWeights(own, 0);
            NDArray weight = weights.parameter("head.weight", new Shape(16, 16), Initializer.ONES);
            weights.pack(kernels, parameter -> parameter.name().startsWith("backbone."));

            kernels.linear(own.ones(new Shape(2, 16)), weight);

            assertThat(weight.sum().getFloat()).isEqualTo(256);
        }
    }
}
