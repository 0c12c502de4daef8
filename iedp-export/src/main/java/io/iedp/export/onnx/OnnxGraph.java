package io.iedp.export.onnx;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnxruntime.platform.Fp16Conversions;
import com.google.protobuf.ByteString;
import io.iedp.api.UserException;
import io.iedp.export.graph.Axis;
import io.iedp.export.graph.Dimension;
import io.iedp.export.graph.Graph;
import io.iedp.export.graph.Value;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;

/** A graph of ONNX while it is written: names of arrays, constants, and sizes that are computed when it runs. */
final class OnnxGraph {
    private final Graph graph;
    private final Precision precision;
    private final GraphProto.Builder proto = GraphProto.newBuilder().setName("iedp");
    private final Map<Integer, String> names = new HashMap<>();
    private final Map<Dimension, String> dimensions = new HashMap<>();
    private final Map<List<Object>, String> literals = new LinkedHashMap<>();
    private final Map<String, NDArray> weights = new LinkedHashMap<>();
    private final String sized;
    private int next;
    private boolean channelsLast;

    /**
     * @param sized the name of the input whose axes 0, 2 and 3 are the sizes
     */
    OnnxGraph(Graph graph, Precision precision, String sized) {
        this.graph = graph;
        this.precision = precision;
        this.sized = sized;
    }

    Value value(int id) {
        return graph.value(id);
    }

    GraphProto.Builder proto() {
        return proto;
    }

    /** Arrays that the file holds, by name. */
    Map<String, NDArray> weights() {
        return weights;
    }

    /** The input with the sizes has its channels last. */
    void channelsLast() {
        channelsLast = true;
    }

    void name(int id, String name) {
        names.put(id, name);
    }

    /** The array of that number; constants are written when they are first asked for. */
    String name(int id) {
        String known = names.get(id);
        if (known != null) {
            return known;
        }
        String name = constant(id);
        names.put(id, name);
        return name;
    }

    private String constant(int id) {
        var constant = graph.constants().get(id);
        String stored = weight(constant.name(), constant.array());
        if (constant.isWhole()) {
            return stored;
        }
        List<Dimension> expanded = constant.expanded().orElseThrow();
        List<Dimension> wanted = value(id).shape();
        String repeated = node("Expand", List.of(stored, shape(expanded)));
        return expanded.equals(wanted) ? repeated : node("Reshape", List.of(repeated, reshape(expanded, wanted)));
    }

    /** Has the file hold an array. */
    String weight(String name, NDArray array) {
        weights.putIfAbsent(name, array);
        return name;
    }

    /** A matrix that the file holds the other way round; one that is computed is turned when the graph runs. */
    String transposed(int id) {
        var constant = graph.constants().get(id);
        if (constant == null || !constant.isWhole()) {
            return node("Transpose", List.of(name(id)), Attributes.of("perm", new long[] {1, 0}));
        }
        return weight(constant.name() + ".transposed", constant.array().transpose());
    }

    /**
     * The values of a parameter.
     *
     * @throws UserException if it is none
     */
    NDArray parameter(int id) {
        var constant = graph.constants().get(id);
        if (constant == null || !constant.isWhole()) {
            throw new UserException("The statistics of a batch normalization depend on the picture.");
        }
        return constant.array();
    }

    String parameterName(int id) {
        return graph.constants().get(id).name();
    }

    String fresh() {
        return "v" + next++;
    }

    String node(String type, List<String> inputs, AttributeProto... attributes) {
        String output = fresh();
        node(type, inputs, List.of(output), attributes);
        return output;
    }

    void node(String type, List<String> inputs, List<String> outputs, AttributeProto... attributes) {
        proto.addNode(NodeProto.newBuilder()
                .setOpType(type)
                .setName(type + "_" + next++)
                .addAllInput(inputs)
                .addAllOutput(outputs)
                .addAllAttribute(Arrays.asList(attributes)));
    }

    /** A list of whole numbers. */
    String longs(long... values) {
        return literals.computeIfAbsent(List.of("longs", Arrays.toString(values)), key -> {
            ByteBuffer bytes = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
            LongStream.of(values).forEach(bytes::putLong);
            return literal(TensorProto.DataType.INT64, bytes, new long[] {values.length});
        });
    }

    /** One whole number without an axis. */
    String scalar(long value) {
        return literals.computeIfAbsent(List.of("long", value), key -> {
            ByteBuffer bytes =
                    ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value);
            return literal(TensorProto.DataType.INT64, bytes, new long[0]);
        });
    }

    /** A number without an axis, of the type of an array that it is combined with. */
    String number(double value, DataType type) {
        if (type == DataType.INT64) {
            return scalar((long) value);
        }
        return literals.computeIfAbsent(List.of("number", value, type), key -> {
            if (precision.isHalf(type)) {
                ByteBuffer half = ByteBuffer.allocate(2)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putShort(Fp16Conversions.floatToFp16((float) value));
                return literal(TensorProto.DataType.FLOAT16, half, new long[0]);
            }
            ByteBuffer bytes =
                    ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putFloat((float) value);
            return literal(TensorProto.DataType.FLOAT, bytes, new long[0]);
        });
    }

    /** As many ones or zeros as are asked for, in 32 bits. */
    String filled(double value, int count) {
        return floats(DoubleStream.generate(() -> value).limit(count).toArray());
    }

    /** Floats whatever the precision, as for Resize. */
    String floats(double... values) {
        return literals.computeIfAbsent(List.of("floats", Arrays.toString(values)), key -> {
            ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
            Arrays.stream(values).forEach(value -> bytes.putFloat((float) value));
            return literal(TensorProto.DataType.FLOAT, bytes, new long[] {values.length});
        });
    }

    private String literal(TensorProto.DataType type, ByteBuffer bytes, long[] shape) {
        String name = "literal_" + literals.size();
        proto.addInitializer(TensorProto.newBuilder()
                .setName(name)
                .setDataType(type.getNumber())
                .addAllDims(LongStream.of(shape).boxed().toList())
                .setRawData(ByteString.copyFrom(bytes.flip())));
        return name;
    }

    /** A list of sizes, as Expand, Slice and Resize take it. */
    String shape(List<Dimension> dimensions) {
        if (dimensions.stream().allMatch(Dimension::isConstant)) {
            return longs(dimensions.stream().mapToLong(Dimension::offset).toArray());
        }
        List<String> parts = dimensions.stream().map(this::dimension).toList();
        return parts.size() == 1 ? parts.get(0) : node("Concat", parts, Attributes.of("axis", 0));
    }

    /**
     * The shape that Reshape takes: sizes that stay in their places, and the last that is not known, need not be computed.
     *
     * @param from the shape before
     */
    String reshape(List<Dimension> from, List<Dimension> to) {
        long[] values = new long[to.size()];
        boolean open = false;
        for (int i = to.size() - 1; i >= 0; i--) {
            Dimension dimension = to.get(i);
            if (dimension.isConstant()) {
                values[i] = dimension.offset();
            } else if (i < from.size() && from.get(i).equals(dimension)) {
                values[i] = 0;
            } else if (!open) {
                values[i] = -1;
                open = true;
            } else {
                return shape(to);
            }
        }
        return longs(values);
    }

    /** A list of one size. */
    String dimension(Dimension dimension) {
        String known = dimensions.get(dimension);
        if (known == null) {
            known = compute(dimension);
            dimensions.put(dimension, known);
        }
        return known;
    }

    private String compute(Dimension dimension) {
        if (dimension.isConstant()) {
            return longs(dimension.offset());
        }
        String value = null;
        for (Axis axis : dimension.axes().stream().sorted().toList()) {
            String size = axis(axis);
            value = value == null ? size : node("Mul", List.of(value, size));
        }
        if (dimension.factor() != 1) {
            value = node("Mul", List.of(value, longs(dimension.factor())));
        }
        if (dimension.divisor() != 1) {
            value = node("Div", List.of(value, longs(dimension.divisor())));
        }
        return dimension.offset() == 0 ? value : node("Add", List.of(value, longs(dimension.offset())));
    }

    private String axis(Axis axis) {
        Dimension own = Dimension.of(axis);
        String known = dimensions.get(own);
        if (known == null) {
            int rows = channelsLast ? 1 : 2;
            int place = axis == Axis.BATCH ? 0 : axis == Axis.HEIGHT ? rows : rows + 1;
            known = node("Shape", List.of(sized), Attributes.of("start", place), Attributes.of("end", place + 1));
            dimensions.put(own, known);
        }
        return known;
    }

    /** Floating-point numbers in 32 bits whatever the precision, for what engines do wrong or badly with fewer. */
    String full(String name) {
        return cast(name, TensorProto.DataType.FLOAT);
    }

    /** Such numbers in the graph's own precision again. */
    String half(String name) {
        return cast(name, TensorProto.DataType.FLOAT16);
    }

    private String cast(String name, TensorProto.DataType type) {
        return precision.isHalf(DataType.FLOAT32)
                ? node("Cast", List.of(name), Attributes.of("to", type.getNumber()))
                : name;
    }

    /** ONNX's number of a type. */
    int type(DataType type) {
        return precision.of(type).getNumber();
    }
}
