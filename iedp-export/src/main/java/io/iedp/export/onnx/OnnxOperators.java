package io.iedp.export.onnx;

import static java.util.Map.entry;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.onnx.proto.OnnxMl.AttributeProto;
import io.iedp.api.UserException;
import io.iedp.export.graph.Dimension;
import io.iedp.export.graph.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** What operations are in ONNX, operator set 18. */
final class OnnxOperators {
    static final int VERSION = 18;

    private static final long TO_THE_END = Long.MAX_VALUE;

    private static final Map<String, String> UNARY = Map.ofEntries(
            entry("neg", "Neg"),
            entry("abs", "Abs"),
            entry("exp", "Exp"),
            entry("log", "Log"),
            entry("sqrt", "Sqrt"),
            entry("floor", "Floor"),
            entry("ceil", "Ceil"),
            entry("round", "Round"),
            entry("sin", "Sin"),
            entry("cos", "Cos"),
            entry("tan", "Tan"),
            entry("tanh", "Tanh"),
            entry("sign", "Sign"),
            entry("erf", "Erf"),
            entry("relu", "Relu"),
            entry("sigmoid", "Sigmoid"),
            entry("logicalNot", "Not"));

    private static final Map<String, String> BINARY = Map.ofEntries(
            entry("add", "Add"),
            entry("sub", "Sub"),
            entry("mul", "Mul"),
            entry("div", "Div"),
            entry("pow", "Pow"),
            entry("maximum", "Max"),
            entry("minimum", "Min"),
            entry("matMul", "MatMul"),
            entry("batchMatMul", "MatMul"),
            entry("eq", "Equal"),
            entry("gt", "Greater"),
            entry("gte", "GreaterOrEqual"),
            entry("lt", "Less"),
            entry("lte", "LessOrEqual"),
            entry("logicalAnd", "And"),
            entry("logicalOr", "Or"));

    private static final Map<String, String> REDUCTIONS =
            Map.of("mean", "ReduceMean", "sum", "ReduceSum", "max", "ReduceMax", "min", "ReduceMin");

    private final OnnxGraph graph;

    OnnxOperators(OnnxGraph graph) {
        this.graph = graph;
    }

    /**
     * Writes one operation.
     *
     * @throws UserException if there is no form for it
     */
    void write(Node node) {
        String operation = node.operation();
        if (UNARY.containsKey(operation)) {
            to(node, UNARY.get(operation), List.of(in(node, 0)));
        } else if (BINARY.containsKey(operation)) {
            to(node, BINARY.get(operation), List.of(in(node, 0), operand(node, 1)));
        } else if (REDUCTIONS.containsKey(operation)) {
            reduce(node, REDUCTIONS.get(operation));
        } else {
            other(node);
        }
    }

    private void other(Node node) {
        switch (node.operation()) {
            case "reshape", "flatten", "expandDims", "squeeze" -> reshape(node);
            case "broadcast" ->
                to(
                        node,
                        "Expand",
                        List.of(
                                in(node, 0),
                                graph.shape(graph.value(node.output()).shape())));
            case "transpose" -> transpose(node);
            case "slice" -> slice(node);
            case "concat" -> concat(node);
            case "stack" -> stack(node);
            case "pad" -> pad(node);
            case "flip" -> flip(node);
            case "clip" -> clip(node);
            case "square" -> to(node, "Mul", List.of(in(node, 0), in(node, 0)));
            case "softmax" -> to(node, "Softmax", List.of(in(node, 0)), Attributes.of("axis", node.constant(1)));
            case "logSoftmax" -> to(node, "LogSoftmax", List.of(in(node, 0)), Attributes.of("axis", node.constant(1)));
            case "argMax" ->
                to(
                        node,
                        "ArgMax",
                        List.of(in(node, 0)),
                        Attributes.of("axis", node.constant(1)),
                        Attributes.of("keepdims", 0));
            case "toType" ->
                to(node, "Cast", List.of(in(node, 0)), Attributes.of("to", graph.type((DataType) node.fixed(1))));
            case "float32" -> to(node, "Cast", List.of(in(node, 0)), Attributes.of("to", graph.type(DataType.FLOAT32)));
            case "linear" -> linear(node);
            case "conv2d" -> convolve(node);
            case "transposedConv2d" -> transposedConvolve(node);
            case "groupNorm" -> named(node, groupNorm(node));
            case "groupNormSilu" -> named(node, silu(groupNorm(node)));
            case "layerNorm" ->
                to(
                        node,
                        "LayerNormalization",
                        List.of(in(node, 0), in(node, 1), in(node, 2)),
                        Attributes.of("axis", -1),
                        Attributes.of("epsilon", node.number(3)));
            case "batchNorm" -> batchNorm(node);
            case "silu" -> named(node, silu(in(node, 0)));
            case "gelu" -> named(node, gelu(in(node, 0)));
            case "quickGelu" -> named(node, quickGelu(in(node, 0)));
            case "geglu" -> geglu(node);
            case "attention" -> attention(node);
            case "attentionWeights" -> named(node, softmax(scores(node)));
            case "resizeNearest" -> resize(node, Interpolation.NEAREST);
            case "resizeBilinear" -> resize(node, node.flag(3) ? Interpolation.LINEAR_CORNERS : Interpolation.LINEAR);
            case "resizeBicubic" -> resize(node, Interpolation.CUBIC);
            case "averagePool" -> averagePool(node);
            default ->
                throw new UserException(
                        "The operation '%s' has no form in ONNX yet, so the model cannot be exported to it."
                                .formatted(node.operation()));
        }
    }

    private String in(Node node, int index) {
        return graph.name(node.array(index));
    }

    /** An array, or a number of its type. */
    private String operand(Node node, int index) {
        return node.isArray(index) ? in(node, index) : graph.number(node.number(index), type(node));
    }

    private DataType type(Node node) {
        return graph.value(node.array(0)).type();
    }

    private List<Dimension> shape(Node node, int index) {
        return graph.value(node.array(index)).shape();
    }

    private void to(Node node, String type, List<String> inputs, AttributeProto... attributes) {
        named(node, graph.node(type, inputs, attributes));
    }

    private void named(Node node, String name) {
        graph.name(node.output(), name);
    }

    private void reduce(Node node, String type) {
        if (node.arguments().size() == 1) {
            to(node, type, List.of(in(node, 0)), Attributes.of("keepdims", 0));
        } else {
            to(
                    node,
                    type,
                    List.of(in(node, 0), graph.longs(node.constants(1))),
                    Attributes.of("keepdims", node.flag(2) ? 1 : 0));
        }
    }

    private void reshape(Node node) {
        List<Dimension> wanted = graph.value(node.output()).shape();
        to(node, "Reshape", List.of(in(node, 0), graph.reshape(shape(node, 0), wanted)));
    }

    private void transpose(Node node) {
        int axes = shape(node, 0).size();
        long[] order = node.arguments().size() > 1
                ? node.constants(1)
                : LongStream.range(0, axes).map(i -> axes - 1 - i).toArray();
        to(node, "Transpose", List.of(in(node, 0)), Attributes.of("perm", order));
    }

    private void slice(Node node) {
        List<String> inputs = List.of(
                in(node, 0),
                graph.shape(node.whole(2)),
                graph.shape(node.whole(3)),
                graph.longs(node.constants(1)),
                graph.longs(node.constants(4)));
        if (node.whole(1).isEmpty()) {
            named(node, in(node, 0));
            return;
        }
        String part = graph.node("Slice", inputs);
        long[] dropped = node.constants(5);
        named(node, dropped.length == 0 ? part : graph.node("Squeeze", List.of(part, graph.longs(dropped))));
    }

    private void concat(Node node) {
        List<String> parts = node.arrays(0).stream().map(graph::name).toList();
        to(node, "Concat", parts, Attributes.of("axis", node.constant(1)));
    }

    private void stack(Node node) {
        long axis = node.constant(1);
        List<String> parts = node.arrays(0).stream()
                .map(graph::name)
                .map(part -> graph.node("Unsqueeze", List.of(part, graph.longs(axis))))
                .toList();
        to(node, "Concat", parts, Attributes.of("axis", axis));
    }

    /** PyTorch names the last axis first, and what comes before and after it together. */
    private void pad(Node node) {
        List<Dimension> given = node.whole(1);
        int axes = shape(node, 0).size();
        List<Dimension> before = new ArrayList<>();
        List<Dimension> after = new ArrayList<>();
        for (int axis = 0; axis < axes; axis++) {
            int place = 2 * (axes - 1 - axis);
            before.add(place < given.size() ? given.get(place) : Dimension.of(0));
            after.add(place < given.size() ? given.get(place + 1) : Dimension.of(0));
        }
        before.addAll(after);
        to(node, "Pad", List.of(in(node, 0), graph.shape(before), graph.number(node.number(2), type(node))));
    }

    private void flip(Node node) {
        long[] axes = node.constants(1);
        to(
                node,
                "Slice",
                List.of(
                        in(node, 0),
                        graph.longs(same(-1, axes.length)),
                        graph.longs(same(-TO_THE_END, axes.length)),
                        graph.longs(axes),
                        graph.longs(same(-1, axes.length))));
    }

    private static long[] same(long value, int count) {
        return LongStream.generate(() -> value).limit(count).toArray();
    }

    private void clip(Node node) {
        to(
                node,
                "Clip",
                List.of(
                        in(node, 0),
                        graph.number(node.number(1), type(node)),
                        graph.number(node.number(2), type(node))));
    }

    private void linear(Node node) {
        String product = graph.node("MatMul", List.of(in(node, 0), graph.transposed(node.array(1))));
        named(node, node.arguments().size() > 2 ? graph.node("Add", List.of(product, in(node, 2))) : product);
    }

    private void convolve(Node node) {
        boolean bias = node.isArray(2);
        List<String> inputs = bias ? List.of(in(node, 0), in(node, 1), in(node, 2)) : List.of(in(node, 0), in(node, 1));
        long stride = node.constant(bias ? 3 : 2);
        long padding = node.constant(bias ? 4 : 3);
        to(node, "Conv", inputs, Attributes.of("strides", same(stride, 2)), Attributes.of("pads", same(padding, 4)));
    }

    /** What is missing at the end of an axis of n cells, to the size that is wanted: {@code size - ((n - 1) stride - 2 padding + kernel)}. */
    private void transposedConvolve(Node node) {
        long stride = node.constant(2);
        long padding = node.constant(3);
        List<Dimension> from = shape(node, 0);
        long kernel = shape(node, 1).get(2).offset();
        long[] missing = new long[2];
        for (int i = 0; i < 2; i++) {
            Dimension cells = from.get(2 + i);
            Dimension size = node.whole(4 + i).get(0);
            if (!scaled(cells, stride, size)) {
                throw new UserException(
                        "A transposed convolution of %s cells gives %s, which is not %s times as many and a fixed number more."
                                .formatted(cells, size, stride));
            }
            missing[i] = size.offset() - stride * cells.offset() + stride + 2 * padding - kernel;
        }
        to(
                node,
                "ConvTranspose",
                List.of(in(node, 0), in(node, 1)),
                Attributes.of("strides", same(stride, 2)),
                Attributes.of("pads", same(padding, 4)),
                Attributes.of("output_padding", missing));
    }

    private static boolean scaled(Dimension one, long scale, Dimension other) {
        return one.axes().equals(other.axes())
                && one.factor() * scale * other.divisor() == other.factor() * one.divisor();
    }

    private String groupNorm(Node node) {
        List<Dimension> shape = shape(node, 0);
        int groups = Math.toIntExact(node.constant(1));
        String cells = graph.node("Reshape", List.of(in(node, 0), graph.longs(0, groups, -1)));
        String normal = graph.half(graph.node(
                "InstanceNormalization",
                List.of(graph.full(cells), graph.filled(1, groups), graph.filled(0, groups)),
                Attributes.of("epsilon", node.number(4))));
        String back = graph.node("Reshape", List.of(normal, graph.shape(shape)));
        int trailing = shape.size() - 2;
        String scaled = graph.node("Mul", List.of(back, channels(node.array(2), trailing)));
        return graph.node("Add", List.of(scaled, channels(node.array(3), trailing)));
    }

    /** A vector of channels, for what has axes after them. */
    private String channels(int id, int trailing) {
        long[] shape = LongStream.concat(
                        LongStream.of(-1), LongStream.generate(() -> 1).limit(trailing))
                .toArray();
        return graph.node("Reshape", List.of(graph.name(id), graph.longs(shape)));
    }

    /** What was measured in training makes it one factor and one shift a channel, which engines merge with a convolution. */
    private void batchNorm(Node node) {
        if (node.flag(5)) {
            throw new UserException("A batch normalization measures the pictures, as in training.");
        }
        NDArray factor = graph.parameter(node.array(4))
                .add(node.number(7))
                .sqrt()
                .getNDArrayInternal()
                .rdiv(1)
                .mul(graph.parameter(node.array(1)));
        NDArray shift = graph.parameter(node.array(2))
                .sub(graph.parameter(node.array(3)).mul(factor));
        long channels = factor.size();
        String name = graph.parameterName(node.array(1));
        String scaled =
                graph.node("Mul", List.of(in(node, 0), graph.weight(name + ".factor", factor.reshape(channels, 1, 1))));
        to(node, "Add", List.of(scaled, graph.weight(name + ".shift", shift.reshape(channels, 1, 1))));
    }

    private String silu(String x) {
        return graph.node("Mul", List.of(x, graph.node("Sigmoid", List.of(x))));
    }

    private String quickGelu(String x) {
        String scaled = graph.node("Mul", List.of(x, graph.number(1.702, DataType.FLOAT32)));
        return graph.node("Mul", List.of(x, graph.node("Sigmoid", List.of(scaled))));
    }

    /** In the form that engines look for: {@code 0.5 x (1 + erf(x / sqrt 2))}. */
    private String gelu(String x) {
        String erf =
                graph.node("Erf", List.of(graph.node("Div", List.of(x, graph.number(Math.sqrt(2), DataType.FLOAT32)))));
        String more = graph.node("Add", List.of(erf, graph.number(1, DataType.FLOAT32)));
        String product = graph.node("Mul", List.of(x, more));
        return graph.node("Mul", List.of(product, graph.number(0.5, DataType.FLOAT32)));
    }

    private void geglu(Node node) {
        String value = graph.fresh();
        String gate = graph.fresh();
        graph.node(
                "Split",
                List.of(in(node, 0)),
                List.of(value, gate),
                Attributes.of("axis", -1),
                Attributes.of("num_outputs", 2));
        to(node, "Mul", List.of(value, gelu(gate)));
    }

    private void attention(Node node) {
        String scores = scores(node);
        if (node.isArray(3)) {
            scores = graph.node("Add", List.of(scores, in(node, 3)));
        } else if (node.flag(3)) {
            scores = graph.node(
                    "Add",
                    List.of(
                            scores,
                            causalMask(shape(node, 0).get(2), shape(node, 1).get(2))));
        }
        to(node, "MatMul", List.of(softmax(scores), in(node, 2)));
    }

    private String scores(Node node) {
        Dimension width = shape(node, 0).get(3);
        if (!width.isConstant()) {
            throw new UserException("The width of the attention's heads, %s, depends on the picture.".formatted(width));
        }
        String query = graph.node(
                "Mul", List.of(in(node, 0), graph.number(1 / Math.sqrt((double) width.offset()), DataType.FLOAT32)));
        String key = graph.node("Transpose", List.of(in(node, 1)), Attributes.of("perm", new long[] {0, 1, 3, 2}));
        return graph.node("MatMul", List.of(query, key));
    }

    private String softmax(String scores) {
        return graph.node("Softmax", List.of(scores), Attributes.of("axis", -1));
    }

    /** Minus infinity above the diagonal. */
    private String causalMask(Dimension queries, Dimension keys) {
        String shape = graph.shape(List.of(queries, keys));
        String all = graph.node("Expand", List.of(graph.number(-1e4, DataType.FLOAT32), shape));
        return graph.node("Trilu", List.of(all, graph.scalar(1)), Attributes.of("upper", 1));
    }

    private enum Interpolation {
        NEAREST("nearest", "asymmetric"),
        LINEAR("linear", "half_pixel"),
        LINEAR_CORNERS("linear", "align_corners"),
        CUBIC("cubic", "half_pixel");

        private final String mode;
        private final String coordinates;

        Interpolation(String mode, String coordinates) {
            this.mode = mode;
            this.coordinates = coordinates;
        }
    }

    /** Cubic as Pillow and {@code _upsample_bicubic2d_aa}: over all pixels that fall on one, and a = -0.5. */
    private void resize(Node node, Interpolation how) {
        List<Dimension> from = shape(node, 0);
        List<Dimension> to = List.of(
                from.get(0), from.get(1), node.whole(1).get(0), node.whole(2).get(0));
        List<AttributeProto> attributes = new ArrayList<>(List.of(
                Attributes.of("mode", how.mode), Attributes.of("coordinate_transformation_mode", how.coordinates)));
        if (how == Interpolation.NEAREST) {
            attributes.add(Attributes.of("nearest_mode", "floor"));
        }
        if (how == Interpolation.CUBIC) {
            attributes.add(Attributes.of("antialias", 1));
            attributes.add(Attributes.of("cubic_coeff_a", -0.5));
            attributes.add(Attributes.of("exclude_outside", 1));
        }
        boolean known = how != Interpolation.LINEAR_CORNERS
                && to.get(2).offset() == 0
                && to.get(3).offset() == 0
                && from.get(2).offset() == 0
                && from.get(3).offset() == 0
                && to.get(2).axes().equals(from.get(2).axes())
                && to.get(3).axes().equals(from.get(3).axes());
        String x = graph.full(in(node, 0));
        List<String> inputs = known
                ? List.of(x, "", graph.floats(1, 1, ratio(from.get(2), to.get(2)), ratio(from.get(3), to.get(3))))
                : List.of(x, "", "", graph.shape(to));
        named(node, graph.half(graph.node("Resize", inputs, attributes.toArray(AttributeProto[]::new))));
    }

    private static double ratio(Dimension from, Dimension to) {
        long more = to.factor() * from.divisor();
        long less = to.divisor() * from.factor();
        return (double) more / less;
    }

    /**
     * Means of parts that are as even as they can be: part i of r of an axis of n cells has those from {@code floor(i n / r)} up
     * to {@code ceil((i + 1) n / r)}.
     */
    private void averagePool(Node node) {
        List<Dimension> shape = shape(node, 0);
        String rows = means(shape.get(2), node.constant(1));
        String columns = means(shape.get(3), node.constant(2));
        String byRow = graph.node("MatMul", List.of(rows, in(node, 0)));
        String across = graph.node("Transpose", List.of(columns), Attributes.of("perm", new long[] {1, 0}));
        to(node, "MatMul", List.of(byRow, across));
    }

    /** (parts, cells): what each part takes of each cell. */
    private String means(Dimension cells, long parts) {
        String count = graph.dimension(cells);
        String all =
                graph.node("Range", List.of(graph.scalar(0), graph.node("Squeeze", List.of(count)), graph.scalar(1)));
        String from =
                graph.node("Div", List.of(graph.node("Mul", List.of(column(0, parts), count)), graph.longs(parts)));
        String ends =
                graph.node("Add", List.of(graph.node("Mul", List.of(column(1, parts), count)), graph.longs(parts - 1)));
        String to = graph.node("Div", List.of(ends, graph.longs(parts)));
        String inside = graph.node(
                "And", List.of(graph.node("GreaterOrEqual", List.of(all, from)), graph.node("Less", List.of(all, to))));
        String ones = graph.node("Cast", List.of(inside), Attributes.of("to", graph.type(DataType.FLOAT32)));
        String sums = graph.node("ReduceSum", List.of(ones, graph.longs(1)), Attributes.of("keepdims", 1));
        return graph.node("Div", List.of(ones, sums));
    }

    /** The whole numbers from one on, below each other. */
    private String column(long first, long count) {
        String row = graph.longs(LongStream.range(first, first + count).toArray());
        return graph.node("Unsqueeze", List.of(row, graph.longs(1)));
    }
}
