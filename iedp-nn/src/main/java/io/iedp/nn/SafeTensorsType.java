package io.iedp.nn;

import ai.djl.ndarray.types.DataType;
import java.util.Arrays;
import java.util.Optional;

/** The element types of a safetensors file. */
enum SafeTensorsType {
    F64(8, DataType.FLOAT64),
    F32(4, DataType.FLOAT32),
    F16(2, DataType.FLOAT16),
    BF16(2, DataType.FLOAT32),
    I64(8, DataType.INT64),
    I32(4, DataType.INT32),
    I8(1, DataType.INT8),
    U8(1, DataType.UINT8),
    BOOL(1, DataType.BOOLEAN);

    private final int bytes;
    private final DataType arrayType;

    SafeTensorsType(int bytes, DataType arrayType) {
        this.bytes = bytes;
        this.arrayType = arrayType;
    }

    static Optional<SafeTensorsType> named(String name) {
        return Arrays.stream(values()).filter(type -> type.name().equals(name)).findFirst();
    }

    static Optional<SafeTensorsType> of(DataType type) {
        return Arrays.stream(values())
                .filter(each -> each != BF16 && each.arrayType == type)
                .findFirst();
    }

    int bytes() {
        return bytes;
    }

    /** The type of the array that it is read into. */
    DataType arrayType() {
        return arrayType;
    }
}
