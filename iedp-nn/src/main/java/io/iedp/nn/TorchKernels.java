package io.iedp.nn;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import io.iedp.api.nn.Kernels;
import io.iedp.api.optim.OptimizerKernels;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The kernels of libtorch, called through a TorchScript archive that is made at start-up. This is the
 * only class that knows of the archive.
 */
public final class TorchKernels implements Kernels, OptimizerKernels, AutoCloseable {
    private static final String METHOD = "module_method:";

    /** Channels that oneDNN keeps together; what does not fill the last of these blocks is filled up in each call. */
    private static final int BLOCK = 16;

    private final TorchRuntime runtime;
    private final NDManager manager;
    private final PtSymbolBlock module;
    private final Map<Double, NDArray> numbers = new ConcurrentHashMap<>();
    private final Map<String, NDArray> methods = new ConcurrentHashMap<>();
    private final Map<String, Consumer<NDArray>> unpacked = new ConcurrentHashMap<>();

    private TorchKernels(TorchRuntime runtime, NDManager manager, PtSymbolBlock module) {
        this.runtime = runtime;
        this.manager = manager;
        this.module = module;
    }

    /**
     * Loads the kernels, chosen for this machine's processor. Arrays of any device may be passed to them, by several threads
     * at a time.
     */
    public static TorchKernels load() {
        return load(Processor.isIntel());
    }

    /**
     * @param blas whether the BLAS library that libtorch has, MKL, is fast on this processor
     */
    static TorchKernels load(boolean blas) {
        TorchRuntime runtime = TorchRuntime.get();
        PtNDManager manager = (PtNDManager) runtime.newManager(Device.cpu());
        try (ByteArrayInputStream archive = new ByteArrayInputStream(KernelArchive.create(blas))) {
            return new TorchKernels(runtime, manager, JniUtils.loadModule(manager, archive, false, false));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Brings a weight into the layout that is computed with when it is first used, for arguments of the size that they have
     * then; others do as well, but may be slower.
     *
     * @param weight a matrix or a convolution that nothing reads or writes any more; only these kernels compute with it
     * @param packed gets the weight in that layout, which must take the place of the other
     */
    void packAtFirstUse(NDArray weight, Consumer<NDArray> packed) {
        unpacked.put(weight.getUid(), packed);
    }

    private void packLinear(NDArray weight, long rows) {
        if (!unpacked.isEmpty()) {
            pack(weight, () -> call("pack_linear", weight, number((double) rows)));
        }
    }

    private void packConvolution(NDArray x, NDArray weight, int stride, int padding) {
        if (unpacked.isEmpty()) {
            return;
        }
        long inputs = weight.getShape().get(1);
        if (weight.getShape().get(2) == 1 && padding == 0) {
            packLinear(weight, x.size() / inputs / stride / stride);
        } else if (inputs <= BLOCK || inputs % BLOCK == 0) {
            pack(weight, () -> call("pack_conv2d", weight, x, number(stride), number(padding)));
        }
    }

    private void pack(NDArray weight, Supplier<NDArray> layout) {
        Consumer<NDArray> packed = unpacked.remove(weight.getUid());
        if (packed != null) {
            packed.accept(layout.get());
        }
    }

    @Override
    public NDArray linear(NDArray x, NDArray weight, NDArray bias) {
        packLinear(weight, rows(x));
        return call("linear_bias", x, weight, bias);
    }

    @Override
    public NDArray linear(NDArray x, NDArray weight) {
        packLinear(weight, rows(x));
        return call("linear", x, weight);
    }

    @Override
    public NDArray conv2d(NDArray x, NDArray weight, NDArray bias, int stride, int padding) {
        packConvolution(x, weight, stride, padding);
        return call("conv2d_bias", x, weight, bias, number(stride), number(padding));
    }

    @Override
    public NDArray conv2d(NDArray x, NDArray weight, int stride, int padding) {
        packConvolution(x, weight, stride, padding);
        return call("conv2d", x, weight, number(stride), number(padding));
    }

    @Override
    public NDArray transposedConv2d(NDArray x, NDArray weight, int stride, int padding, int height, int width) {
        return call("transposed_conv2d", x, weight, number(stride), number(padding), number(height), number(width));
    }

    @Override
    public NDArray groupNorm(NDArray x, int groups, NDArray weight, NDArray bias, double epsilon) {
        return call("group_norm", x, number(groups), weight, bias, number(epsilon));
    }

    @Override
    public NDArray groupNormSilu(NDArray x, int groups, NDArray weight, NDArray bias, double epsilon) {
        return call("group_norm_silu", x, number(groups), weight, bias, number(epsilon));
    }

    @Override
    public NDArray layerNorm(NDArray x, NDArray weight, NDArray bias, double epsilon) {
        return call("layer_norm", x, weight, bias, number(epsilon));
    }

    @Override
    public NDArray batchNorm(
            NDArray x,
            NDArray weight,
            NDArray bias,
            NDArray mean,
            NDArray variance,
            boolean training,
            double momentum,
            double epsilon) {
        return call("batch_norm", x, weight, bias, mean, variance, flag(training), number(momentum), number(epsilon));
    }

    @Override
    public NDArray silu(NDArray x) {
        return call("silu", x);
    }

    @Override
    public NDArray gelu(NDArray x) {
        return call("gelu", x);
    }

    @Override
    public NDArray quickGelu(NDArray x) {
        return call("quick_gelu", x);
    }

    @Override
    public NDArray geglu(NDArray x) {
        return call("geglu", x);
    }

    @Override
    public NDArray attention(NDArray query, NDArray key, NDArray value, boolean causal) {
        return call("attention", query, key, value, flag(causal));
    }

    @Override
    public NDArray attention(NDArray query, NDArray key, NDArray value, NDArray shift) {
        return call("attention_shifted", query, key, value, shift);
    }

    @Override
    public NDArray attentionWeights(NDArray query, NDArray key) {
        return call("attention_weights", query, key);
    }

    @Override
    public NDArray resizeNearest(NDArray x, int height, int width) {
        return call("resize_nearest", x, number(height), number(width));
    }

    @Override
    public NDArray resizeBilinear(NDArray x, int height, int width, boolean alignCorners) {
        return call("resize_bilinear", x, number(height), number(width), flag(alignCorners));
    }

    @Override
    public NDArray averagePool(NDArray x, int rows, int columns) {
        return call("average_pool", x, number(rows), number(columns));
    }

    @Override
    public NDArray resizeBicubic(NDArray x, int height, int width) {
        return call("resize_bicubic", x, number(height), number(width));
    }

    @Override
    public NDArray crossEntropy(NDArray logits, NDArray labels, NDArray weights, int ignoreIndex) {
        return call("cross_entropy", logits, labels, weights, number(ignoreIndex));
    }

    @Override
    public NDArray dropoutChannels(NDArray x, double probability) {
        return call("dropout_channels", x, number(probability));
    }

    /** Whether all values of an array of floating-point numbers are finite. */
    public boolean isFinite(NDArray array) {
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            NDArray floats = float32(array);
            // What is infinite or no number is not 0 when it is subtracted from itself.
            return floats.sub(floats).sum().getFloat() == 0;
        }
    }

    @Override
    public NDArray float32(NDArray x) {
        return call("float32", x);
    }

    /** The array in bfloat16: the upper half of a 32-bit float (Intel, 2018). */
    NDArray bfloat16(NDArray x) {
        return call("bfloat16", x);
    }

    /** The array (B, C, H, W) with its channels side by side in memory. */
    NDArray channelsLast(NDArray x) {
        return call("channels_last", x);
    }

    /** The Euclidean norm of all the arrays together. */
    float norm(List<NDArray> arrays) {
        try (NDArray norm = update("gradient_norm", arrays.get(0), list(arrays))) {
            return norm.getFloat();
        }
    }

    @Override
    public void scale(List<NDArray> targets, double factor) {
        update("scale", targets.get(0), list(targets), IValue.from(factor)).close();
    }

    @Override
    public void add(List<NDArray> targets, List<NDArray> sources, double factor) {
        inPlace("add", targets, sources, IValue.from(factor));
    }

    /** Writes the values of some arrays into others of the same shapes. */
    public void copy(List<NDArray> targets, List<NDArray> sources) {
        inPlace("copy", targets, sources);
    }

    @Override
    public void lerp(List<NDArray> targets, List<NDArray> sources, double share) {
        inPlace("lerp", targets, sources, IValue.from(share));
    }

    @Override
    public void adamW(
            List<NDArray> parameters,
            List<NDArray> gradients,
            List<NDArray> means,
            List<NDArray> variances,
            List<NDArray> steps,
            double learningRate,
            double weightDecay,
            double beta1,
            double beta2,
            double epsilon) {
        update(
                        "adamw",
                        parameters.get(0),
                        list(parameters),
                        list(gradients),
                        list(means),
                        list(variances),
                        list(steps),
                        IValue.from(learningRate),
                        IValue.from(weightDecay),
                        IValue.from(beta1),
                        IValue.from(beta2),
                        IValue.from(epsilon))
                .close();
    }

    @Override
    public void close() {
        module.close();
        manager.close();
    }

    private NDArray call(String method, NDArray... arguments) {
        NDList list = new NDList(arguments.length + 1);
        list.addAll(Arrays.asList(arguments));
        list.add(methods.computeIfAbsent(method, this::tag));
        // "Training" only keeps DJL from making inference tensors, which later recordings could not use; whether
        // this call is recorded is up to the mode of the thread.
        return runtime.runScript(() -> IValueUtils.forward(module, list, true)).singletonOrThrow();
    }

    private void inPlace(String method, List<NDArray> targets, List<NDArray> sources, IValue... more) {
        if (targets.isEmpty()) {
            return;
        }
        List<IValue> arguments = new ArrayList<>(List.of(list(targets), list(sources)));
        arguments.addAll(Arrays.asList(more));
        try (Gradients.Recording off = Gradients.pause()) {
            update(method, targets.get(0), arguments.toArray(IValue[]::new)).close();
        }
    }

    private NDArray update(String method, NDArray owner, IValue... arguments) {
        try (IValue result = runtime.runScript(() -> IValueUtils.runMethod(module, method, arguments))) {
            return result.toTensor((PtNDManager) owner.getManager());
        } finally {
            for (IValue argument : arguments) {
                argument.close();
            }
        }
    }

    private static IValue list(List<NDArray> arrays) {
        return IValue.listFrom(arrays.stream().map(PtNDArray.class::cast).toArray(PtNDArray[]::new));
    }

    private static long rows(NDArray x) {
        Shape shape = x.getShape();
        return shape.size() / shape.get(shape.dimension() - 1);
    }

    private NDArray flag(boolean value) {
        return number(value ? 1 : 0);
    }

    private NDArray number(double value) {
        return numbers.computeIfAbsent(
                value, each -> Scopes.unscoped(manager.create(new double[] {each}, new Shape())));
    }

    private NDArray tag(String method) {
        NDArray tag = Scopes.unscoped(manager.create(0f));
        tag.setName(METHOD + method);
        return tag;
    }
}
