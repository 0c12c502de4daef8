package io.iedp.export.onnx;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import io.iedp.api.UserException;
import io.iedp.export.graph.Dimension;
import io.iedp.export.graph.Graph;
import io.iedp.export.graph.Node;
import io.iedp.export.graph.Value;
import io.iedp.io.file.AtomicFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes graphs as ONNX. */
public final class OnnxFile {
    /** Protocol buffers end at 2 GiB; weights beyond this many bytes go into a file of their own. */
    private static final long MOST_INSIDE = 1L << 30;

    /** So that the weights can be mapped into memory. */
    private static final long ALIGNED = 4096;

    private static final long IR_VERSION = 9;

    private OnnxFile() {}

    /**
     * @param pixels how pictures come in
     * @param metadata what the file says of itself
     * @throws UserException if an operation has no form in ONNX, or the file cannot be written
     */
    public static void write(Graph graph, Path file, Precision precision, Pixels pixels, Map<String, String> metadata) {
        write(graph, file, precision, pixels, metadata, MOST_INSIDE);
    }

    static void write(
            Graph graph, Path file, Precision precision, Pixels pixels, Map<String, String> metadata, long mostInside) {
        String sized = graph.inputs().keySet().iterator().next();
        OnnxGraph written = new OnnxGraph(graph, precision, sized);
        graph.inputs().forEach((name, id) -> input(written, name, id, precision, pixels));
        OnnxOperators operators = new OnnxOperators(written);
        for (Node node : graph.nodes()) {
            operators.write(node);
        }
        graph.outputs().forEach((name, id) -> output(written, name, id, precision));
        try {
            save(written, file, precision, metadata, mostInside);
        } catch (IOException e) {
            throw new UserException("%s cannot be written: %s".formatted(file, e.getMessage()), e);
        }
    }

    private static void input(OnnxGraph graph, String name, int id, Precision precision, Pixels pixels) {
        Value value = graph.value(id);
        boolean bytes = pixels == Pixels.UINT8 && name.equals(Pixels.INPUT);
        List<Dimension> shape = value.shape();
        if (bytes) {
            graph.channelsLast();
            Value given = new Value(List.of(shape.get(0), shape.get(2), shape.get(3), shape.get(1)), DataType.UINT8);
            graph.proto().addInput(described(name, given, TensorProto.DataType.UINT8));
            String floats = graph.node("Cast", List.of(name), Attributes.of("to", graph.type(DataType.FLOAT32)));
            String planes = graph.node("Transpose", List.of(floats), Attributes.of("perm", new long[] {0, 3, 1, 2}));
            graph.name(id, graph.node("Div", List.of(planes, graph.number(255, DataType.FLOAT32))));
            return;
        }
        graph.proto().addInput(described(name, value, Precision.FP32.of(value.type())));
        graph.name(
                id,
                precision.isHalf(value.type())
                        ? graph.node("Cast", List.of(name), Attributes.of("to", graph.type(value.type())))
                        : name);
    }

    /** Outputs have 32 bits whatever the precision. */
    private static void output(OnnxGraph graph, String name, int id, Precision precision) {
        Value value = graph.value(id);
        TensorProto.DataType type = Precision.FP32.of(value.type());
        graph.node(
                precision.isHalf(value.type()) ? "Cast" : "Identity",
                List.of(graph.name(id)),
                List.of(name),
                precision.isHalf(value.type())
                        ? new AttributeProto[] {Attributes.of("to", type.getNumber())}
                        : new AttributeProto[0]);
        graph.proto().addOutput(described(name, value, type));
    }

    private static ValueInfoProto described(String name, Value value, TensorProto.DataType type) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        value.shape().forEach(dimension -> {
            if (dimension.isConstant()) {
                shape.addDimBuilder().setDimValue(dimension.offset());
            } else {
                shape.addDimBuilder().setDimParam(dimension.toString().toLowerCase(Locale.ROOT));
            }
        });
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder()
                                .setElemType(type.getNumber())
                                .setShape(shape)))
                .build();
    }

    private static void save(
            OnnxGraph graph, Path file, Precision precision, Map<String, String> metadata, long mostInside)
            throws IOException {
        long bytes = graph.weights().values().stream()
                .mapToLong(array -> array.size() * array.getDataType().getNumOfBytes())
                .sum();
        Path data = file.resolveSibling(file.getFileName() + ".data");
        if (bytes > mostInside) {
            saveBeside(graph, data, precision);
        } else {
            graph.weights().forEach((name, array) -> {
                try (NDArray own = precise(array, precision)) {
                    graph.proto()
                            .addInitializer(described(name, own, precision)
                                    .setRawData(ByteString.copyFrom(own.toByteBuffer())));
                }
            });
        }
        ModelProto.Builder model = ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .setProducerName("iedp")
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OnnxOperators.VERSION))
                .setGraph(graph.proto());
        metadata.forEach((key, value) -> model.addMetadataProps(
                StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
        AtomicFiles.write(file, model.build().toByteArray());
        if (bytes <= mostInside) {
            Files.deleteIfExists(data);
        }
    }

    private static void saveBeside(OnnxGraph graph, Path data, Precision precision) throws IOException {
        AtomicFiles.write(data, channel -> {
            for (Map.Entry<String, NDArray> weight : graph.weights().entrySet()) {
                try (NDArray own = precise(weight.getValue(), precision)) {
                    long offset = (channel.size() + ALIGNED - 1) / ALIGNED * ALIGNED;
                    ByteBuffer bytes = own.toByteBuffer();
                    long length = bytes.remaining();
                    channel.position(offset);
                    AtomicFiles.write(channel, bytes);
                    graph.proto()
                            .addInitializer(described(weight.getKey(), own, precision)
                                    .setDataLocation(TensorProto.DataLocation.EXTERNAL)
                                    .addExternalData(
                                            entry("location", data.getFileName().toString()))
                                    .addExternalData(entry("offset", Long.toString(offset)))
                                    .addExternalData(entry("length", Long.toString(length))));
                }
            }
        });
    }

    private static StringStringEntryProto entry(String key, String value) {
        return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
    }

    /** A copy that the caller closes. */
    private static NDArray precise(NDArray array, Precision precision) {
        return precision.isHalf(array.getDataType()) ? array.toType(DataType.FLOAT16, true) : array.duplicate();
    }

    private static TensorProto.Builder described(String name, NDArray array, Precision precision) {
        TensorProto.DataType type = array.getDataType() == DataType.FLOAT16
                ? TensorProto.DataType.FLOAT16
                : precision.of(array.getDataType());
        TensorProto.Builder builder = TensorProto.newBuilder().setName(name).setDataType(type.getNumber());
        for (long size : array.getShape().getShape()) {
            builder.addDims(size);
        }
        return builder;
    }
}
