package io.iedp.nn.testing;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.iedp.nn.ModelWeights;
import io.iedp.nn.Parameter;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntUnaryOperator;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/**
 * An array in double precision with the operations of networks written out by their definitions, for one sample:
 * what the fast ones must come to.
 *
 * @param values in row-major order
 */
public record Plain(double[] values, int... shape) {
    /** Random values of the given size. */
    public static Plain random(Random random, double size, int... shape) {
        int count = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
        // As exact as 32-bit floats are, so that both computations start from the same numbers.
        return new Plain(
                DoubleStream.generate(() -> (float) (size * random.nextGaussian()))
                        .limit(count)
                        .toArray(),
                shape);
    }

    /**
     * Fills a model with random values and returns them by name: weights of a size over the root of their fan-in,
     * biases of that size, norms about 1.
     *
     * @param sizes by the parameter's name
     */
    public static Map<String, Plain> fill(ModelWeights weights, Random random, ToDoubleFunction<String> sizes) {
        Map<String, Plain> filled = new LinkedHashMap<>();
        for (Parameter parameter : weights.parameters()) {
            int[] shape = Arrays.stream(parameter.array().getShape().getShape())
                    .mapToInt(Math::toIntExact)
                    .toArray();
            int fanIn = Arrays.stream(shape).skip(1).reduce(1, (a, b) -> a * b);
            double size = sizes.applyAsDouble(parameter.name());
            Plain values = random(random, shape.length == 1 ? size : size / Math.sqrt(fanIn), shape);
            if (parameter.name().matches(".*norm\\w*\\.weight")) {
                values = random(random, 0.3, shape).map(value -> (float) (1 + value));
            }
            parameter.array().set(values.floats());
            filled.put(parameter.name(), values);
        }
        return filled;
    }

    public NDArray toArray(NDManager manager) {
        long[] axes = Arrays.stream(shape).asLongStream().toArray();
        return manager.create(floats().array(), new Shape(axes));
    }

    private FloatBuffer floats() {
        FloatBuffer floats = FloatBuffer.allocate(values.length);
        for (double value : values) {
            floats.put((float) value);
        }
        return floats.flip();
    }

    /** The largest absolute difference over the largest absolute value of this. */
    public double difference(NDArray other) {
        float[] actual = other.toFloatArray();
        if (actual.length != values.length) {
            throw new AssertionError("%s values, not %s".formatted(actual.length, values.length));
        }
        double largest = 0;
        double difference = 0;
        for (int i = 0; i < actual.length; i++) {
            largest = Math.max(largest, Math.abs(values[i]));
            difference = Math.max(difference, Math.abs(values[i] - actual[i]));
        }
        return difference / largest;
    }

    public Plain map(DoubleUnaryOperator function) {
        return new Plain(Arrays.stream(values).map(function).toArray(), shape);
    }

    public Plain add(Plain other) {
        double[] sum = new double[values.length];
        Arrays.setAll(sum, i -> values[i] + other.values[i]);
        return new Plain(sum, shape);
    }

    /** (C, ...) with a number added to each channel. */
    public Plain addToChannels(Plain shift) {
        double[] sum = new double[values.length];
        Arrays.setAll(sum, i -> values[i] + shift.values[i / (values.length / shape[0])]);
        return new Plain(sum, shape);
    }

    /** (N, M) to (M, N). */
    public Plain transpose() {
        double[] swapped = new double[values.length];
        Arrays.setAll(swapped, i -> values[i % shape[0] * shape[1] + i / shape[0]]);
        return new Plain(swapped, shape[1], shape[0]);
    }

    public Plain reshape(int... other) {
        return new Plain(values, other);
    }

    /** This and another behind it along the first axis. */
    public Plain concat(Plain other) {
        int[] joined = shape.clone();
        joined[0] += other.shape[0];
        return new Plain(
                DoubleStream.concat(Arrays.stream(values), Arrays.stream(other.values))
                        .toArray(),
                joined);
    }

    /** Some of the rows. */
    public Plain rows(int from, int to) {
        int row = values.length / shape[0];
        int[] part = shape.clone();
        part[0] = to - from;
        return new Plain(Arrays.copyOfRange(values, from * row, to * row), part);
    }

    /** (N, in) by (out, in) to (N, out). */
    public Plain linear(Plain weight, Plain bias) {
        int in = shape[1];
        int out = weight.shape[0];
        double[] result = new double[shape[0] * out];
        for (int i = 0; i < result.length; i++) {
            result[i] = bias == null ? 0 : bias.values[i % out];
            for (int k = 0; k < in; k++) {
                result[i] += values[i / out * in + k] * weight.values[i % out * in + k];
            }
        }
        return new Plain(result, shape[0], out);
    }

    /** (C, H, W) by (out, C, K, K), with rows and columns of zeros before and behind. */
    public Plain convolution(Plain weight, Plain bias, int stride, int before, int behind) {
        int kernel = weight.shape[2];
        int height = (shape[1] + before + behind - kernel) / stride + 1;
        int width = (shape[2] + before + behind - kernel) / stride + 1;
        double[] result = new double[weight.shape[0] * height * width];
        for (int i = 0; i < result.length; i++) {
            int out = i / width / height;
            result[i] = bias == null ? 0 : bias.values[out];
            for (int k = 0; k < shape[0] * kernel * kernel; k++) {
                int row = i / width % height * stride + k / kernel % kernel - before;
                int column = i % width * stride + k % kernel - before;
                if (row >= 0 && row < shape[1] && column >= 0 && column < shape[2]) {
                    result[i] += values[(k / kernel / kernel * shape[1] + row) * shape[2] + column]
                            * weight.values[out * shape[0] * kernel * kernel + k];
                }
            }
        }
        return new Plain(result, weight.shape[0], height, width);
    }

    /** (C, H, W), each group of channels to mean 0 and variance 1, then scaled by channel. */
    public Plain groupNorm(int groups, Plain weight, Plain bias, double epsilon) {
        int cells = values.length / shape[0];
        return normalized(values.length / groups, epsilon).scaled(i -> i / cells, weight, bias);
    }

    /** (N, C), each row to mean 0 and variance 1, then scaled by column. */
    public Plain layerNorm(Plain weight, Plain bias, double epsilon) {
        return normalized(shape[1], epsilon).scaled(i -> i % shape[1], weight, bias);
    }

    private Plain normalized(int run, double epsilon) {
        double[] result = new double[values.length];
        for (int from = 0; from < values.length; from += run) {
            double[] part = Arrays.copyOfRange(values, from, from + run);
            double mean = Arrays.stream(part).average().orElseThrow();
            double variance = Arrays.stream(part)
                    .map(x -> (x - mean) * (x - mean))
                    .average()
                    .orElseThrow();
            for (int i = 0; i < run; i++) {
                result[from + i] = (part[i] - mean) / Math.sqrt(variance + epsilon);
            }
        }
        return new Plain(result, shape);
    }

    private Plain scaled(IntUnaryOperator channel, Plain weight, Plain bias) {
        double[] result = new double[values.length];
        Arrays.setAll(
                result, i -> values[i] * weight.values[channel.applyAsInt(i)] + bias.values[channel.applyAsInt(i)]);
        return new Plain(result, shape);
    }

    /** Attention of (N, C) to keys and values (M, C), in heads that lie side by side. */
    public Plain attention(Plain key, Plain value, int heads, boolean causal) {
        int width = shape[1] / heads;
        int seen = key.shape[0];
        double[] result = new double[values.length];
        for (int head = 0; head < heads; head++) {
            for (int i = 0; i < shape[0]; i++) {
                double[] weights = new double[seen];
                for (int j = 0; j < (causal ? i + 1 : seen); j++) {
                    double score = 0;
                    for (int c = head * width; c < (head + 1) * width; c++) {
                        score += values[i * shape[1] + c] * key.values[j * shape[1] + c];
                    }
                    weights[j] = Math.exp(score / Math.sqrt(width));
                }
                double sum = Arrays.stream(weights).sum();
                for (int c = head * width; c < (head + 1) * width; c++) {
                    for (int j = 0; j < seen; j++) {
                        result[i * shape[1] + c] += weights[j] / sum * value.values[j * shape[1] + c];
                    }
                }
            }
        }
        return new Plain(result, shape);
    }

    /** (C, H, W), each value as a square of four. */
    public Plain doubled() {
        int width = 2 * shape[2];
        double[] result = new double[4 * values.length];
        Arrays.setAll(result, i -> values[i / width / 2 * shape[2] + i % width / 2]);
        return new Plain(result, shape[0], 2 * shape[1], width);
    }

    public static double silu(double x) {
        return x / (1 + Math.exp(-x));
    }

    /** OpenAI's approximation of GELU. */
    public static double quickGelu(double x) {
        return x / (1 + Math.exp(-1.702 * x));
    }

    /** x Phi(x), with the normal distribution's integral by Simpson's rule. */
    public static double gelu(double x) {
        int steps = 400;
        double h = x / steps;
        double sum = 0;
        for (int i = 0; i <= steps; i++) {
            sum += (i == 0 || i == steps ? 1 : i % 2 == 1 ? 4 : 2) * Math.exp(-i * h * (i * h) / 2);
        }
        return x * (0.5 + sum * h / 3 / Math.sqrt(2 * Math.PI));
    }

    /** The approximation of GELU by a hyperbolic tangent (Hendrycks and Gimpel, 2016). */
    public static double tanhGelu(double x) {
        return 0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)));
    }
}
