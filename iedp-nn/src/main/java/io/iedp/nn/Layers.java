package io.iedp.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.initializer.ConstantInitializer;
import ai.djl.training.initializer.Initializer;
import ai.djl.training.initializer.NormalInitializer;
import ai.djl.training.initializer.UniformInitializer;
import io.iedp.api.nn.Kernels;
import io.iedp.api.nn.WeightSource;
import io.iedp.api.nn.Weights;
import java.util.Optional;
import java.util.function.Function;

/**
 * Makes layers in one scope of a model's parameters, with the names and the initial values that PyTorch
 * gives them: uniform within {@code 1 / sqrt(fan-in)} for linear and convolution, one and zero for norms,
 * a standard normal for embeddings.
 */
public record Layers(Weights weights, Kernels kernels) {
    /**
     * A model whose parameters are read from a source.
     *
     * @param weights the scope that the source's names are relative to
     * @throws io.iedp.api.UserException listing by name what the source lacks, has in another shape, or has beyond the
     *     model
     */
    public static <M> M load(WeightSource source, Weights weights, Kernels kernels, Function<Layers, M> model) {
        Weights loading = weights.from(source);
        M made = model.apply(new Layers(loading, kernels));
        loading.finish();
        return made;
    }

    /** Layers in the scope below this one. */
    public Layers at(String scope) {
        return new Layers(weights.scope(scope), kernels);
    }

    public Linear linear(String name, int in, int out) {
        return linear(name, in, out, uniform(in), true);
    }

    public Linear linearNoBias(String name, int in, int out) {
        return linear(name, in, out, uniform(in), false);
    }

    /** A linear layer whose weight starts as given; its bias, if any, starts at zero. */
    public Linear linear(String name, int in, int out, Initializer initializer, boolean bias) {
        Weights own = weights.scope(name);
        boolean standard = initializer instanceof UniformInitializer;
        return new Linear(
                kernels,
                own.parameter("weight", new Shape(out, in), initializer),
                bias
                        ? Optional.of(own.parameter("bias", new Shape(out), standard ? uniform(in) : Initializer.ZEROS))
                        : Optional.empty());
    }

    public Conv2d conv2d(String name, int in, int out, int kernel, int stride, int padding) {
        Initializer uniform = uniform(in * kernel * kernel);
        return conv2d(name, in, out, kernel, stride, padding, uniform, Optional.of(uniform));
    }

    public Conv2d conv2dNoBias(String name, int in, int out, int kernel, int stride, int padding) {
        return conv2d(name, in, out, kernel, stride, padding, uniform(in * kernel * kernel), false);
    }

    /** A convolution whose weight starts as given; its bias, if any, starts at zero. */
    public Conv2d conv2d(
            String name, int in, int out, int kernel, int stride, int padding, Initializer initializer, boolean bias) {
        Optional<Initializer> zeros = bias ? Optional.of(Initializer.ZEROS) : Optional.empty();
        return conv2d(name, in, out, kernel, stride, padding, initializer, zeros);
    }

    private Conv2d conv2d(
            String name,
            int in,
            int out,
            int kernel,
            int stride,
            int padding,
            Initializer initializer,
            Optional<Initializer> bias) {
        Weights own = weights.scope(name);
        return new Conv2d(
                kernels,
                own.parameter("weight", new Shape(out, in, kernel, kernel), initializer),
                bias.map(values -> own.parameter("bias", new Shape(out), values)),
                stride,
                padding);
    }

    public GroupNorm groupNorm(String name, int groups, int channels, double epsilon) {
        if (channels % groups != 0) {
            throw new IllegalArgumentException(
                    "%s channels cannot be split into %s groups".formatted(channels, groups));
        }
        Weights own = weights.scope(name);
        return new GroupNorm(kernels, groups, ones(own, "weight", channels), zeros(own, "bias", channels), epsilon);
    }

    public LayerNorm layerNorm(String name, int width, double epsilon) {
        Weights own = weights.scope(name);
        return new LayerNorm(kernels, ones(own, "weight", width), zeros(own, "bias", width), epsilon);
    }

    /** Batch normalization with PyTorch's momentum of 0.1 and epsilon of 1e-5. */
    public BatchNorm batchNorm(String name, int channels) {
        Weights own = weights.scope(name);
        return new BatchNorm(
                kernels,
                ones(own, "weight", channels),
                zeros(own, "bias", channels),
                own.buffer("running_mean", new Shape(channels), Initializer.ZEROS),
                own.buffer("running_var", new Shape(channels), Initializer.ONES));
    }

    public Embedding embedding(String name, int count, int width) {
        return embedding(name, count, width, new NormalInitializer(1f));
    }

    public Embedding embedding(String name, int count, int width, Initializer initializer) {
        return new Embedding(weights.scope(name).parameter("weight", new Shape(count, width), initializer));
    }

    /** A bare parameter of this scope. */
    public NDArray parameter(String name, Shape shape, Initializer initializer) {
        return weights.parameter(name, shape, initializer);
    }

    private static Initializer uniform(int fanIn) {
        return new UniformInitializer((float) (1 / Math.sqrt(fanIn)));
    }

    private static NDArray ones(Weights weights, String name, int size) {
        return weights.parameter(name, new Shape(size), new ConstantInitializer(1));
    }

    private static NDArray zeros(Weights weights, String name, int size) {
        return weights.parameter(name, new Shape(size), Initializer.ZEROS);
    }
}
