package io.iedp.export.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import io.iedp.api.UserException;
import io.iedp.api.nn.Kernels;
import io.iedp.export.graph.Axis;
import io.iedp.export.graph.Dimension;
import io.iedp.export.graph.Graph;
import io.iedp.export.record.Recorder;
import io.iedp.export.record.Sizes;
import io.iedp.export.record.Tracer;
import io.iedp.nn.testing.TorchTest;
import java.nio.file.Path;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each operation in ONNX Runtime, which has nothing to do with libtorch, on a size that the graph was not recorded with. */
class OnnxOperatorsTest extends TorchTest {
    private static final int CHANNELS = 4;
    private static final long[] OTHER = {3, CHANNELS, 10, 14};

    @TempDir
    private Path folder;

    /** Makes something of (B, 4, H, W). */
    private interface Operation {
        NDArray apply(Kernels kernels, NDArray x);
    }

    private static Arguments of(String name, Operation operation) {
        return arguments(name, operation);
    }

    private static NDArray values(long... shape) {
        Shape size = new Shape(shape);
        return manager.arange(0f, (float) size.size(), 1f).mul(0.7f).sin().reshape(size);
    }

    private static NDArray heads(NDArray x) {
        Shape shape = x.getShape();
        return x.reshape(shape.get(0), 2, 2, -1).transpose(0, 1, 3, 2);
    }

    static Stream<Arguments> operations() {
        return Stream.of(
                of("numbers", (kernels, x) -> x.mul(2).sub(1).div(3.5).add(0.25)),
                of(
                        "arrays",
                        (kernels, x) -> x.mul(x).sub(x.abs()).div(x.square().add(1))),
                of(
                        "a constant in front",
                        (kernels, x) -> x.getManager()
                                .ones(new Shape(x.getShape().get(0), 1, 1, 1))
                                .mul(3)
                                .add(x)),
                of(
                        "a constant that is a column shorter",
                        (kernels, x) -> x.getManager()
                                .ones(new Shape(1, 1, 1, x.getShape().get(3) - 1))
                                .add(x.get(":, :, :, 1:"))),
                of(
                        "powers",
                        (kernels, x) -> x.abs().add(0.5).pow(1.5).sqrt().log().exp()),
                of(
                        "rounding",
                        (kernels, x) -> x.mul(7).floor().add(x.mul(5).ceil()).add(x.sign())),
                of("waves", (kernels, x) -> x.sin().add(x.cos()).add(x.tanh())),
                of("limits", (kernels, x) -> x.clip(-0.5, 0.25).maximum(-0.1).minimum(x.neg())),
                of("means", (kernels, x) -> x.mean(new int[] {2}, true).add(x.max(new int[] {1}, true))),
                of("sums", (kernels, x) -> x.sum(new int[] {3}).add(x.min(new int[] {3}))),
                of("softmax", (kernels, x) -> x.softmax(1).add(x.logSoftmax(3))),
                of("parts", (kernels, x) -> x.get(":, 1:3, :-1, 2:").add(x.get(":, 0:2, 1:, :-2"))),
                of(
                        "a part without its axis",
                        (kernels, x) -> x.get(":, 2").add(x.get(":, :, 1, :").mean())),
                of(
                        "joined",
                        (kernels, x) -> NDArrays.concat(
                                new NDList(x, x.neg(), values(1, 4, 1, 1).broadcast(x.getShape())), 1)),
                of(
                        "stacked",
                        (kernels, x) ->
                                NDArrays.stack(new NDList(x, x.neg()), 1).mean(new int[] {1})),
                of("turned", (kernels, x) -> x.flip(2, 3).transpose(0, 2, 3, 1).swapAxes(1, 2)),
                of(
                        "shapes",
                        (kernels, x) ->
                                x.flatten().reshape(x.getShape()).expandDims(1).squeeze(1)),
                of("padded", (kernels, x) -> x.pad(new Shape(1, 2, 0, 3), 0.5)),
                of("products", (kernels, x) -> x.matMul(x.transpose(0, 1, 3, 2))),
                of(
                        "comparisons",
                        (kernels, x) -> x.gt(0.1)
                                .toType(DataType.FLOAT32, false)
                                .add(x.lte(x.neg()).toType(DataType.FLOAT32, false))),
                of(
                        "activations",
                        (kernels, x) -> Activation.relu(x)
                                .add(kernels.sigmoid(x))
                                .add(kernels.silu(x))
                                .add(kernels.gelu(x))
                                .add(kernels.quickGelu(x))),
                of("geglu", (kernels, x) -> kernels.geglu(x.transpose(0, 2, 3, 1))),
                of(
                        "linear",
                        (kernels, x) -> kernels.linear(
                                kernels.linear(x.transpose(0, 2, 3, 1), values(5, 4), values(5)), values(3, 5))),
                of("convolution", (kernels, x) -> kernels.conv2d(x, values(6, 4, 3, 3), values(6), 2, 1)),
                of("convolution of cells", (kernels, x) -> kernels.conv2d(x, values(6, 4, 1, 1), 1, 0)),
                of(
                        "transposed convolution",
                        (kernels, x) -> kernels.transposedConv2d(
                                x,
                                values(4, 3, 2, 2),
                                2,
                                0,
                                2 * Math.toIntExact(x.getShape().get(2)),
                                2 * Math.toIntExact(x.getShape().get(3)))),
                of(
                        "transposed convolution with a remainder",
                        (kernels, x) -> kernels.transposedConv2d(
                                x,
                                values(4, 3, 3, 3),
                                2,
                                1,
                                2 * Math.toIntExact(x.getShape().get(2)),
                                2 * Math.toIntExact(x.getShape().get(3)))),
                of("group norm", (kernels, x) -> kernels.groupNorm(x, 2, values(4), values(4), 1e-6)),
                of("group norm with silu", (kernels, x) -> kernels.groupNormSilu(x, 1, values(4), values(4), 1e-5)),
                of(
                        "layer norm",
                        (kernels, x) -> kernels.layerNorm(x.transpose(0, 2, 3, 1), values(4), values(4), 1e-5)),
                of(
                        "batch norm",
                        (kernels, x) -> kernels.batchNorm(
                                x, values(4), values(4), values(4), values(4).abs(), false, 0.1, 1e-5)),
                of("attention", (kernels, x) -> kernels.attention(heads(x), heads(x.mul(2)), heads(x.neg()), false)),
                of("causal attention", (kernels, x) -> kernels.attention(heads(x), heads(x), heads(x), true)),
                of("attention with a shift", (kernels, x) -> {
                    NDArray all = heads(x);
                    return kernels.attention(
                            all, all, all, all.get(":, :, :, 0:1").transpose(0, 1, 3, 2));
                }),
                of("attention's weights", (kernels, x) -> kernels.attentionWeights(heads(x), heads(x.sin()))),
                of("nearest", (kernels, x) -> kernels.upsampleNearest(x, 2)),
                of("nearest to a size", (kernels, x) -> kernels.resizeNearest(x, 7, 5)),
                of(
                        "bilinear",
                        (kernels, x) -> kernels.resizeBilinear(
                                x,
                                2 * Math.toIntExact(x.getShape().get(2)),
                                Math.toIntExact(x.getShape().get(3)))),
                of("bilinear to a smaller size", (kernels, x) -> kernels.resizeBilinear(x, 3, 5)),
                of(
                        "bilinear between corners",
                        (kernels, x) -> kernels.resizeBilinear(
                                x,
                                2 * Math.toIntExact(x.getShape().get(2)),
                                3 * Math.toIntExact(x.getShape().get(3)),
                                true)),
                of("bicubic to a larger size", (kernels, x) -> kernels.resizeBicubic(x, 33, 29)),
                of("bicubic to a smaller size", (kernels, x) -> kernels.resizeBicubic(x, 3, 4)),
                of("means of even parts", (kernels, x) -> kernels.averagePool(x, 3, 2)),
                of("one mean", (kernels, x) -> kernels.averagePool(x, 1, 1)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("operations")
    void onnxRuntimeGivesTheSame(String name, Operation operation) {
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            Path file = folder.resolve("operation.onnx");
            OnnxFile.write(graph(operation), file, Precision.FP32, Pixels.FLOAT, Map.of());
            NDArray x = values(OTHER);
            NDArray expected = operation.apply(kernels, x);
            try (OnnxModel model = OnnxModel.open(file, 1)) {
                OnnxModel.Tensor got = model.run(
                                Map.of("input", new OnnxModel.Tensor(OTHER, x.toFloatArray())), Pixels.FLOAT)
                        .get("output");

                assertThat(got.shape()).isEqualTo(expected.getShape().getShape());
                NDArray difference = manager.create(got.values(), expected.getShape())
                        .sub(expected)
                        .abs()
                        .max();
                assertThat(difference.getFloat())
                        .as(name)
                        .isLessThan(2e-5f * Math.max(1, expected.abs().max().getFloat()));
            }
        }
    }

    private static Graph graph(Operation operation) {
        Recorder recorder = new Recorder();
        Kernels recorded = recorder.kernels(kernels);
        Tracer tracer = new Tracer(recorder, manager, new IdentityHashMap<>(), Sizes.any(2));
        return tracer.trace(
                Map.of(
                        "input",
                        List.of(
                                Dimension.of(Axis.BATCH),
                                Dimension.of(CHANNELS),
                                Dimension.of(Axis.HEIGHT),
                                Dimension.of(Axis.WIDTH))),
                inputs -> Map.of("output", operation.apply(recorded, inputs.get("input"))));
    }

    static Stream<Arguments> impossible() {
        return Stream.of(
                of("The operation 'cumSum' has no form in ONNX", (kernels, x) -> x.cumSum(2)),
                of("changes an array in place (addi)", (kernels, x) -> x.addi(1)),
                of(
                        "reads the values of an array that depends on the picture ('toByteBuffer')",
                        (kernels, x) -> x.mul(x.toFloatArray()[0])),
                of("calls 'split' on an array", (kernels, x) -> x.split(2, 1).head()),
                of(
                        "draws random numbers (randomNormal)",
                        (kernels, x) -> x.add(x.getManager().randomNormal(x.getShape()))),
                of(
                        "does other things with pictures of other sizes",
                        (kernels, x) -> x.getShape().get(2) > 4 ? x.add(1).neg() : x.add(1)),
                of(
                        "not the same all along",
                        (kernels, x) ->
                                x.add(x.getManager().arange((float) x.getShape().get(3)))),
                of(
                        "whose values depend on the size",
                        (kernels, x) ->
                                x.add(x.getManager().create((float) x.getShape().get(3)))),
                of(
                        "The output 'output' does not depend on the input",
                        (kernels, x) -> x.getManager().ones(x.getShape())),
                of(
                        "which depends on the size of the input",
                        (kernels, x) -> x.mul(x.getShape().get(2))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("impossible")
    void whatNoGraphCanDoIsRefused(String message, Operation operation) {
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            assertThatThrownBy(() -> OnnxFile.write(
                            graph(operation), folder.resolve("none.onnx"), Precision.FP32, Pixels.FLOAT, Map.of()))
                    .isInstanceOf(UserException.class)
                    .hasMessageContaining(message);
        }
        assertThat(folder).isEmptyDirectory();
    }

    /** Weights of more than 1 GiB lie in a file of their own, which a later, smaller graph does not leave behind. */
    @Test
    void largeWeightsLieBesideTheGraph() {
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            Graph graph = graph((kernels, x) -> kernels.conv2d(x, values(6, 4, 3, 3), values(6), 1, 1));
            Path file = folder.resolve("large.onnx");
            Map<String, OnnxModel.Tensor> input =
                    Map.of("input", new OnnxModel.Tensor(OTHER, values(OTHER).toFloatArray()));

            OnnxFile.write(graph, file, Precision.FP32, Pixels.FLOAT, Map.of(), 100);
            assertThat(folder.resolve("large.onnx.data")).isNotEmptyFile();
            OnnxModel.Tensor beside;
            try (OnnxModel model = OnnxModel.open(file, 1)) {
                beside = model.run(input, Pixels.FLOAT).get("output");
            }
            OnnxFile.write(graph, file, Precision.FP32, Pixels.FLOAT, Map.of());

            try (OnnxModel model = OnnxModel.open(file, 1)) {
                assertThat(model.run(input, Pixels.FLOAT).get("output").values())
                        .isEqualTo(beside.values());
            }
            assertThat(folder.resolve("large.onnx.data")).doesNotExist();
        }
    }

    /** A parameter whose method is called is not seen by the recording: it must not become a constant of the picture. */
    @Test
    void anArrayOutsideTheRecordingDoesNotSwallowTheInput() {
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            assertThatThrownBy(() -> graph((kernels, x) -> values(1, 4, 1, 1).mul(x)))
                    .isInstanceOf(UserException.class)
                    .hasMessageContaining("toByteBuffer");
        }
    }
}
