package io.iedp.nn.files;

import ai.djl.ndarray.types.DataType;
import java.util.Arrays;
import java.util.Optional;

/** The element types of weight files, under their names in safetensors. */
public enum ElementType {
    F64(8, DataType.FLOAT64),
    F32(4, DataType.FLOAT32),
    F16(2, DataType.FLOAT16),
    BF16(2, DataType.FLOAT32),
    I64(8, DataType.INT64),
    I32(4, DataType.INT32),
    I16(2, DataType.INT32),
    I8(1, DataType.INT8),
    U32(4, DataType.INT64),
    U16(2, DataType.INT32),
    U8(1, DataType.UINT8),
    BOOL(1, DataType.BOOLEAN);

    private final int bytes;
    private final DataType arrayType;

    ElementType(int bytes, DataType arrayType) {
        this.bytes = bytes;
        this.arrayType = arrayType;
    }

    static Optional<ElementType> named(String name) {
        return Arrays.stream(values()).filter(type -> type.name().equals(name)).findFirst();
    }

    /** The type that stores arrays of that type as they are. */
    static Optional<ElementType> of(DataType type) {
        return Arrays.stream(values())
                .filter(each -> each.arrayType == type && !each.widens())
                .findFirst();
    }

    /** Size of one element. */
    public int bytes() {
        return bytes;
    }

    /** The type of the array that it is read into: its own, or the next wider one where the engine has no such type. */
    DataType arrayType() {
        return arrayType;
    }

    /** Whether elements must be widened to become {@link #arrayType()}. */
    boolean widens() {
        return bytes != arrayType.getNumOfBytes();
    }
}
