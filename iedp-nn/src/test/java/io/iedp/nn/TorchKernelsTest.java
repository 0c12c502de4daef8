package io.iedp.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.iedp.nn.testing.TorchTest;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TorchKernelsTest extends TorchTest {
    @Test
    void groupNormGivesEachGroupZeroMeanAndUnitVariance() {
        try (NDScope scope = new NDScope()) {
            NDArray x = manager.randomNormal(3, 2, new Shape(2, 4, 3, 5), DataType.FLOAT32);
            NDArray y = kernels.groupNorm(x, 2, manager.ones(new Shape(4)), manager.zeros(new Shape(4)), 1e-5);
            NDArray groups = y.reshape(2, 2, -1);
            assertThat(groups.mean(new int[] {2}).abs().max().getFloat()).isCloseTo(0, within(1e-5f));
            assertThat(groups.square().mean(new int[] {2}).sub(1).abs().max().getFloat())
                    .isCloseTo(0, within(1e-4f));
        }
    }

    /** The gradient of the binary cross-entropy is sigmoid(x) - t, also where exp(x) would be infinite. */
    @Test
    void binaryCrossEntropyIsFiniteForAnyLogit() {
        double[] logits = {0, 2, -3, 1000, -1000, 1000};
        double[] targets = {1, 0.25, 0, 1, 1, 0};
        try (NDScope scope = new NDScope();
                Gradients.Recording mode = Gradients.record()) {
            NDArray x = manager.create(logits).toType(DataType.FLOAT32, false);
            NDArray t = manager.create(targets).toType(DataType.FLOAT32, false);
            x.setRequiresGradient(true);
            NDArray loss = kernels.binaryCrossEntropy(x, t);
            Gradients.backward(loss.sum());
            for (int i = 0; i < logits.length; i++) {
                double s = 1 / (1 + Math.exp(-logits[i]));
                double expected = Math.abs(logits[i]) < 100
                        ? -targets[i] * Math.log(s) - (1 - targets[i]) * Math.log(1 - s)
                        : Math.abs(targets[i] - s) * Math.abs(logits[i]);
                assertThat(loss.getFloat(i)).isCloseTo((float) expected, within(1e-5f));
                assertThat(x.getGradient().getFloat(i)).isCloseTo((float) (s - targets[i]), within(1e-6f));
                assertThat(kernels.sigmoid(x).getFloat(i)).isCloseTo((float) s, within(1e-6f));
            }
        }
    }

    /** Held to the same sums in 64 bits; with channels last, sums one by one are off by 1e-4. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void groupNormOfALargePictureIsExact(boolean recorded) {
        try (NDScope scope = new NDScope();
                Gradients.Recording mode = recorded ? Gradients.record() : Gradients.pause()) {
            NDArray x = manager.randomNormal(10, 1, new Shape(1, 4, 300, 500), DataType.FLOAT32);
            NDArray weight = manager.create(new float[] {1, 2, -1, 0.5f});
            NDArray bias = manager.create(new float[] {0, 1, -1, 3});
            NDArray exact = x.toType(DataType.FLOAT64, true).reshape(2, -1);
            NDArray centred = exact.sub(exact.mean(new int[] {1}, true));
            NDArray expected = centred.div(
                            centred.square().mean(new int[] {1}, true).add(1e-5).sqrt())
                    .reshape(4, -1)
                    .mul(weight.toType(DataType.FLOAT64, true).reshape(4, 1))
                    .add(bias.toType(DataType.FLOAT64, true).reshape(4, 1));
            weight.setRequiresGradient(recorded);
            NDArray y = kernels.groupNorm(kernels.channelsLast(x), 2, weight, bias, 1e-5);
            NDArray off = y.reshape(4, -1).toType(DataType.FLOAT64, true).sub(expected);
            assertThat(off.abs().max().getDouble()).isLessThan(1e-5);
        }
    }

    /** Channel counts that do not fill oneDNN's blocks, in a batch of several. */
    @ParameterizedTest
    @CsvSource({
        "3, 4, 3, 1",
        "24, 16, 3, 1",
        "16, 24, 3, 1",
        "24, 40, 3, 2",
        "48, 32, 3, 2",
        "112, 24, 3, 2",
        "40, 1, 2, 1",
        "24, 40, 1, 1",
        "96, 112, 1, 2"
    })
    void convolutionIsTheSumOverChannelsAndKernel(int in, int out, int kernel, int stride) {
        Random random = new Random(0);
        Shape shape = new Shape(2, in, 6, 5);
        Shape filter = new Shape(out, in, kernel, kernel);
        float[] x = gaussians(random, shape);
        float[] w = gaussians(random, filter);
        float[] bias = gaussians(random, new Shape(out));
        try (NDScope scope = new NDScope();
                Gradients.Recording on = Gradients.record()) {
            NDArray input = manager.create(x, shape);
            NDArray weight = manager.create(w, filter);
            input.setRequiresGradient(true);
            weight.setRequiresGradient(true);
            NDArray y = kernels.conv2d(input, weight, manager.create(bias), stride, kernel / 2);
            float[] g = gaussians(random, y.getShape());
            double[] expected = new double[g.length];
            double[] inputGradient = new double[x.length];
            double[] weightGradient = new double[w.length];
            int height = (int) y.getShape().get(2);
            int width = (int) y.getShape().get(3);
            for (int i = 0; i < g.length; i++) {
                int column = i % width;
                int row = i / width % height;
                int to = i / width / height % out;
                int sample = i / width / height / out;
                expected[i] = bias[to];
                for (int k = 0; k < in * kernel * kernel; k++) {
                    int left = column * stride + k % kernel - kernel / 2;
                    int top = row * stride + k / kernel % kernel - kernel / 2;
                    if (left >= 0 && left < 5 && top >= 0 && top < 6) {
                        int from = ((sample * in + k / kernel / kernel) * 6 + top) * 5 + left;
                        int by = to * in * kernel * kernel + k;
                        expected[i] += (double) x[from] * w[by];
                        inputGradient[from] += (double) g[i] * w[by];
                        weightGradient[by] += (double) g[i] * x[from];
                    }
                }
            }
            Gradients.backward(y, manager.create(g, y.getShape()));
            assertClose(y, expected);
            try (Gradients.Recording off = Gradients.pause()) {
                assertClose(kernels.conv2d(input, weight, manager.create(bias), stride, kernel / 2), expected);
            }
            assertClose(Gradients.of(input).orElseThrow(), inputGradient);
            assertClose(Gradients.of(weight).orElseThrow(), weightGradient);
        }
    }

    /** Each value adds itself times the kernel; the gradients follow from that. */
    @ParameterizedTest
    @CsvSource({"3, 5, 2, 0", "24, 40, 2, 0", "5, 3, 3, 1", "17, 20, 4, 1"})
    void transposedConvolutionSpreadsEachValueOverTheKernel(int in, int out, int kernel, int padding) {
        Random random = new Random(0);
        Shape shape = new Shape(2, in, 3, 4);
        Shape filter = new Shape(in, out, kernel, kernel);
        float[] x = gaussians(random, shape);
        float[] w = gaussians(random, filter);
        Shape large = new Shape(2, out, 6, 8);
        float[] g = gaussians(random, large);
        double[] expected = new double[g.length];
        double[] inputGradient = new double[x.length];
        double[] weightGradient = new double[w.length];
        for (int i = 0; i < x.length; i++) {
            for (int k = 0; k < out * kernel * kernel; k++) {
                int row = i / 4 % 3 * 2 + k / kernel % kernel - padding;
                int column = i % 4 * 2 + k % kernel - padding;
                if (row >= 0 && row < 6 && column >= 0 && column < 8) {
                    int by = i / 12 % in * out * kernel * kernel + k;
                    int to = ((i / 12 / in * out + k / kernel / kernel) * 6 + row) * 8 + column;
                    expected[to] += (double) x[i] * w[by];
                    inputGradient[i] += (double) g[to] * w[by];
                    weightGradient[by] += (double) g[to] * x[i];
                }
            }
        }
        try (NDScope scope = new NDScope();
                Gradients.Recording on = Gradients.record()) {
            NDArray input = manager.create(x, shape);
            NDArray weight = manager.create(w, filter);
            input.setRequiresGradient(true);
            weight.setRequiresGradient(true);
            NDArray y = kernels.transposedConv2d(input, weight, 2, padding, 6, 8);
            Gradients.backward(y, manager.create(g, large));
            assertThat(y.getShape()).isEqualTo(large);
            assertClose(y, expected);
            assertClose(Gradients.of(input).orElseThrow(), inputGradient);
            assertClose(Gradients.of(weight).orElseThrow(), weightGradient);
        }
    }

    @Test
    void partsOfAnAveragePoolOverlapWhereTheGridDoesNotDivideThePicture() {
        try (NDScope scope = new NDScope()) {
            NDArray x = manager.create(new float[] {1, 2, 4, 8, 16, 3, 5, 7, 9, 11}, new Shape(1, 2, 1, 5));
            // Columns 0 and 1, 1 to 3, 3 and 4.
            assertThat(kernels.averagePool(x, 1, 3).toFloatArray())
                    .containsExactly(new float[] {1.5f, 14 / 3f, 12, 4, 7, 10}, within(1e-6f));
            assertThat(kernels.averagePool(x, 2, 1).toFloatArray())
                    .containsExactly(new float[] {6.2f, 6.2f, 7, 7}, within(1e-6f));
        }
    }

    @Test
    void resizes() {
        try (NDScope scope = new NDScope()) {
            NDArray x = manager.create(new float[] {0, 4, 8}, new Shape(1, 1, 1, 3));
            assertThat(kernels.resizeNearest(x, 1, 5).toFloatArray()).containsExactly(0, 0, 4, 4, 8);
            assertThat(kernels.upsampleNearest(x, 2).toFloatArray())
                    .containsExactly(0, 0, 4, 4, 8, 8, 0, 0, 4, 4, 8, 8);
            assertThat(kernels.resizeBilinear(x, 1, 5, true).toFloatArray())
                    .containsExactly(new float[] {0, 2, 4, 6, 8}, within(1e-6f));
            // Centres at 0.25, 0.75, ... 2.75 of pixels whose centres are at 0.5, 1.5 and 2.5.
            assertThat(kernels.resizeBilinear(x, 1, 6).toFloatArray())
                    .containsExactly(new float[] {0, 1, 3, 5, 7, 8}, within(1e-6f));
        }
    }

    private static float[] gaussians(Random random, Shape shape) {
        float[] values = new float[Math.toIntExact(shape.size())];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    private static void assertClose(NDArray actual, double[] expected) {
        float[] values = actual.toFloatArray();
        assertThat(values).hasSameSizeAs(expected);
        for (int i = 0; i < values.length; i++) {
            assertThat((double) values[i]).isCloseTo(expected[i], within(1e-4));
        }
    }

    @Test
    void geglu() {
        try (NDScope scope = new NDScope()) {
            NDArray y = kernels.geglu(manager.create(new float[] {2, 3, 1, -1}, new Shape(1, 4)));
            // 2 * 1 * Phi(1) and 3 * -1 * Phi(-1)
            assertThat(y.toFloatArray()).containsExactly(new float[] {1.6826895f, -0.4759658f}, within(1e-6f));
        }
    }

    @Test
    void attentionIsSoftmaxOfScaledProducts() {
        try (NDScope scope = new NDScope()) {
            NDArray q = manager.randomNormal(new Shape(2, 2, 3, 4));
            NDArray k = manager.randomNormal(new Shape(2, 2, 5, 4));
            NDArray v = manager.randomNormal(new Shape(2, 2, 5, 4));
            NDArray plain = q.matMul(k.transpose(0, 1, 3, 2)).div(2).softmax(-1).matMul(v);
            assertThat(plain.sub(kernels.attention(q, k, v, false)).abs().max().getFloat())
                    .isLessThan(1e-6f);
        }
    }

    @ParameterizedTest
    @CsvSource({"12, false", "64, false", "64, true"})
    void productsAreTheSameWhetherRecordedOrNot(int outputs, boolean blas) {
        NDArray weight = manager.randomNormal(new Shape(outputs, 24));
        NDArray bias = manager.randomNormal(new Shape(outputs));
        weight.setRequiresGradient(true);
        try (NDScope scope = new NDScope();
                TorchKernels chosen = TorchKernels.load(blas)) {
            for (long rows : new long[] {3, 2000}) {
                NDArray x = manager.randomNormal(new Shape(2, rows, 24));
                NDArray expected = x.reshape(-1, 24)
                        .matMul(weight.stopGradient().transpose())
                        .add(bias)
                        .reshape(2, rows, outputs);
                try (Gradients.Recording off = Gradients.pause()) {
                    assertClose(chosen.linear(x, weight, bias), expected, 1e-6);
                }
                try (Gradients.Recording on = Gradients.record()) {
                    NDArray y = chosen.linear(x, weight, bias);
                    assertClose(y.stopGradient(), expected, 1e-6);
                    Gradients.backward(y.sum());
                }
                // d(sum (W x + b)) / dW holds the sum of x in each of its rows.
                assertClose(
                        Gradients.of(weight).orElseThrow(),
                        x.sum(new int[] {0, 1}).reshape(1, 24).broadcast(outputs, 24),
                        1e-5);
                Gradients.clear(weight);
            }
        }
    }

    @Test
    void convolutionsOfOneCellAreProducts() {
        NDArray weight = manager.randomNormal(new Shape(6, 5, 1, 1));
        NDArray bias = manager.randomNormal(new Shape(6));
        try (NDScope scope = new NDScope()) {
            NDArray x = manager.randomNormal(new Shape(2, 5, 3, 4));
            NDArray expected = weight.reshape(6, 5)
                    .matMul(x.transpose(1, 0, 2, 3).reshape(5, -1))
                    .add(bias.reshape(6, 1))
                    .reshape(6, 2, 3, 4)
                    .transpose(1, 0, 2, 3);
            try (Gradients.Recording off = Gradients.pause()) {
                assertClose(kernels.conv2d(x, weight, bias, 1, 0), expected, 1e-6);
            }
            try (Gradients.Recording on = Gradients.record()) {
                weight.setRequiresGradient(true);
                assertClose(kernels.conv2d(x, weight, bias, 1, 0).stopGradient(), expected, 1e-6);
            }
        }
    }

    @Test
    void bfloat16WeightsDecideTheTypeOfTheResult() {
        try (NDScope scope = new NDScope();
                Gradients.Recording off = Gradients.pause()) {
            NDArray x = manager.randomNormal(new Shape(1, 16, 8, 8));
            NDArray weight = manager.randomNormal(new Shape(16, 16, 3, 3));
            NDArray bias = manager.randomNormal(new Shape(16));
            NDArray half = kernels.conv2d(x, kernels.bfloat16(weight), bias, 1, 1);
            assertThat(half.getDataType()).isEqualTo(DataType.UNKNOWN);
            NDArray normed = kernels.groupNormSilu(half, 4, manager.ones(new Shape(16)), bias, 1e-5);
            NDArray expected = kernels.groupNormSilu(
                    kernels.conv2d(x, weight, bias, 1, 1), 4, manager.ones(new Shape(16)), bias, 1e-5);
            assertNear(kernels.float32(normed), expected);
        }
    }

    @Test
    void attentionInBfloat16OverManyPositions() {
        try (NDScope scope = new NDScope();
                Gradients.Recording off = Gradients.pause()) {
            NDArray q = manager.randomNormal(new Shape(2, 2, 1100, 8));
            NDArray k = manager.randomNormal(new Shape(2, 2, 2000, 8));
            NDArray v = manager.randomNormal(new Shape(2, 2, 2000, 8));
            NDArray expected = q.matMul(k.transpose(0, 1, 3, 2))
                    .div(Math.sqrt(8))
                    .softmax(-1)
                    .matMul(v);
            NDArray actual = kernels.attention(kernels.bfloat16(q), kernels.bfloat16(k), kernels.bfloat16(v), false);
            assertNear(kernels.float32(actual), expected);
        }
    }

    /** A rounding to the eight bits of bfloat16 is off by 2^-9 at most; a few of them in a row stay below 2%. */
    private static void assertNear(NDArray actual, NDArray expected) {
        assertThat(actual.getShape()).isEqualTo(expected.getShape());
        double error = actual.sub(expected).square().mean().getFloat();
        assertThat(Math.sqrt(error / expected.square().mean().getFloat())).isLessThan(0.02);
    }

    private static void assertClose(NDArray actual, NDArray expected, double tolerance) {
        assertThat(actual.getShape()).isEqualTo(expected.getShape());
        assertThat((double) actual.sub(expected).abs().max().getFloat()
                        / expected.abs().max().getFloat())
                .isLessThan(tolerance);
    }

    /** With two classes, minus the log of the probability is log(1 + exp(other logit - own logit)). */
    @Test
    void crossEntropyIsWeightedByClassAndPassesOverIgnoredPixels() {
        try (NDScope scope = new NDScope();
                Gradients.Recording on = Gradients.record()) {
            NDArray logits = manager.create(new float[] {1, 5, 2, 0, 5, 4}, new Shape(1, 2, 1, 3));
            logits.setRequiresGradient(true);
            NDArray labels = manager.create(new float[] {0, 255, 1}, new Shape(1, 1, 3));
            NDArray weights = manager.create(new float[] {3, 0.5f});
            NDArray loss = kernels.crossEntropy(logits, labels, weights, 255);
            assertThat((double) loss.getFloat())
                    .isCloseTo(3 * Math.log1p(Math.exp(-1)) + 0.5 * Math.log1p(Math.exp(-2)), within(1e-6));
            Gradients.backward(loss);
            float first = (float) (3 / (1 + Math.exp(1)));
            float last = (float) (0.5 / (1 + Math.exp(2)));
            assertThat(Gradients.of(logits).orElseThrow().toFloatArray())
                    .containsExactly(new float[] {-first, 0, last, first, 0, -last}, within(1e-6f));
            assertThat((double) kernels.crossEntropy(logits, labels, 255).getFloat())
                    .isCloseTo((Math.log1p(Math.exp(-1)) + Math.log1p(Math.exp(-2))) / 2, within(1e-6));
            NDArray none = manager.create(new float[] {255, 255, 255}, new Shape(1, 1, 3));
            assertThat(kernels.crossEntropy(logits, none, weights, 255).getFloat())
                    .isZero();
            assertThat(kernels.crossEntropy(logits, none, 255).getFloat()).isZero();
        }
    }

    @Test
    void gradientsPassThroughFusedKernels() {
        NDArray weight = manager.ones(new Shape(4));
        weight.setRequiresGradient(true);
        try (NDScope scope = new NDScope();
                Gradients.Recording on = Gradients.record()) {
            NDArray x = manager.create(new float[] {1, 2, 3, 4}, new Shape(1, 4, 1, 1));
            NDArray y = kernels.groupNorm(x, 1, weight, manager.zeros(new Shape(4)), 0);
            Gradients.backward(y.mul(y).sum());
            // d(sum (w n)^2)/dw = 2 w n^2 with n the normalized values +-1.3416, +-0.4472
            assertThat(Gradients.of(weight).orElseThrow().toFloatArray())
                    .containsExactly(new float[] {3.6f, 0.4f, 0.4f, 3.6f}, within(1e-5f));
        }
    }

    @Test
    void resultsOfFrozenKernelsCanFeedTrainedOnes() {
        NDArray frozen = manager.ones(new Shape(2, 2));
        NDArray trained = manager.ones(new Shape(2, 2));
        trained.setRequiresGradient(true);
        try (NDScope scope = new NDScope()) {
            NDArray x;
            try (Gradients.Recording off = Gradients.pause()) {
                x = kernels.linear(manager.ones(new Shape(1, 2)), frozen);
            }
            try (Gradients.Recording on = Gradients.record()) {
                Gradients.backward(kernels.silu(kernels.linear(x, trained)).sum());
            }
            assertThat(Gradients.of(trained)).isPresent();
            assertThat(frozen.hasGradient()).isFalse();
        }
    }

    @Test
    void aLoopLeavesNoArrayBehind() {
        NDArray weight = manager.randomNormal(new Shape(8, 8, 3, 3));
        weight.setRequiresGradient(true);
        int before = 0;
        for (int i = 0; i < 20; i++) {
            try (NDScope scope = new NDScope();
                    Gradients.Recording on = Gradients.record()) {
                NDArray x = manager.ones(new Shape(1, 8, 8, 8));
                NDArray y = Scopes.keep(() -> kernels.silu(kernels.conv2d(x, weight, 1, 1)));
                Gradients.backward(kernels.upsampleNearest(y, 2).mean());
                Gradients.clear(weight);
            }
            if (i == 1) {
                before = manager.getManagedArrays().size();
            }
        }
        assertThat(manager.getManagedArrays()).hasSize(before);
    }
}
