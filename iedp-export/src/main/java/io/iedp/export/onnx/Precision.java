package io.iedp.export.onnx;

import ai.djl.ndarray.types.DataType;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.iedp.api.UserException;

/** How many bits floating-point numbers of a graph have. */
public enum Precision {
    FP32,
    FP16;

    boolean isHalf(DataType type) {
        return this == FP16 && type == DataType.FLOAT32;
    }

    /** What a type of the model becomes. */
    TensorProto.DataType of(DataType type) {
        return switch (type) {
            case FLOAT32 -> this == FP16 ? TensorProto.DataType.FLOAT16 : TensorProto.DataType.FLOAT;
            case FLOAT64 -> TensorProto.DataType.DOUBLE;
            case INT64 -> TensorProto.DataType.INT64;
            case INT32 -> TensorProto.DataType.INT32;
            case BOOLEAN -> TensorProto.DataType.BOOL;
            case UINT8 -> TensorProto.DataType.UINT8;
            default -> throw new UserException("Arrays of the type %s cannot be exported.".formatted(type));
        };
    }
}
