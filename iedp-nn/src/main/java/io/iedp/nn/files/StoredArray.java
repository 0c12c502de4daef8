package io.iedp.nn.files;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.iedp.api.UserException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * One array as its file has it. Its bytes are usually mapped pages of the file: they take no memory of their
 * own and are given back by {@link #close}; arrays that were made of them stay valid.
 *
 * <p>This is where a model of 16-bit floats takes its weights from without making 32-bit ones first: the engine
 * sees {@link #bytes} as an array of bytes, and a kernel sees those as the element type.
 */
public final class StoredArray implements AutoCloseable {
    private static final int CHUNK = 1 << 16;

    private final ElementType type;
    private final Shape shape;
    private final ByteBuffer bytes;
    private final Runnable release;

    private StoredArray(ElementType type, Shape shape, ByteBuffer bytes, Runnable release) {
        this.type = type;
        this.shape = shape;
        this.bytes = bytes;
        this.release = release;
    }

    /**
     * @param bytes the elements row by row, little-endian; a whole direct buffer, which is freed on closing
     */
    static StoredArray of(ElementType type, Shape shape, ByteBuffer bytes) {
        return new StoredArray(type, shape, bytes, () -> DirectMemory.free(bytes));
    }

    /**
     * Elements that do not lie row by row.
     *
     * @param strides elements from one index to the next, along each axis
     * @param bytes from the first element on; a whole direct buffer, which is freed
     */
    static StoredArray gather(ElementType type, Shape shape, long[] strides, ByteBuffer bytes) {
        ByteBuffer rows = allocate(shape.size() * type.bytes());
        Strides.gather(bytes, rows, shape.getShape(), strides, type.bytes());
        DirectMemory.free(bytes);
        return of(type, shape, rows);
    }

    private static ByteBuffer allocate(long size) {
        if (size > Integer.MAX_VALUE) {
            throw new UserException(
                    "An array takes %s bytes; arrays of more than 2 GiB are not supported".formatted(size));
        }
        return ByteBuffer.allocateDirect(Math.toIntExact(size)).order(ByteOrder.LITTLE_ENDIAN);
    }

    public ElementType type() {
        return type;
    }

    public Shape shape() {
        return shape;
    }

    /** The elements row by row, little-endian, in a direct buffer that must not be used after {@link #close}. */
    public ByteBuffer bytes() {
        return bytes;
    }

    /** A copy as 32-bit floats. */
    public NDArray toFloats(NDManager manager) {
        return copy(manager, DataType.FLOAT32);
    }

    /** A copy in its own type, or the next wider one where the engine has no such type. */
    public NDArray toArray(NDManager manager) {
        return copy(manager, type.arrayType());
    }

    /**
     * 32-bit floats that must not be written to, on these bytes where that is possible; the manager closes this in its
     * time then.
     */
    NDArray intoFloats(NDManager manager) {
        boolean aligned = shape.size() > 0 && bytes.alignmentOffset(0, Float.BYTES) == 0;
        if (type != ElementType.F32 || !aligned || manager.getDevice().isGpu()) {
            try (this) {
                return toFloats(manager);
            }
        }
        manager.attachInternal(UUID.randomUUID().toString(), this);
        try (NDArray view = manager.create(bytes, shape, DataType.FLOAT32)) {
            // Another handle on the same elements, which does not keep the bytes once the manager has given them back.
            return view.reshape(shape);
        }
    }

    /** The same elements in another shape of the same size. */
    StoredArray reshaped(Shape other) {
        return new StoredArray(type, other, bytes, release);
    }

    /** Some of the rows, as {@code array[from:to]}. */
    StoredArray rows(long from, long to) {
        int row = Math.toIntExact(bytes.remaining() / shape.get(0));
        ByteBuffer part = bytes.slice(Math.toIntExact(from * row), Math.toIntExact((to - from) * row))
                .order(ByteOrder.LITTLE_ENDIAN);
        return new StoredArray(type, new Shape(to - from).addAll(shape.slice(1)), part, release);
    }

    /** Rows and columns of a matrix swapped. */
    StoredArray transposed() {
        Shape swapped = new Shape(shape.get(1), shape.get(0));
        ByteBuffer rows = allocate(bytes.remaining());
        Strides.gather(bytes, rows, swapped.getShape(), new long[] {1, shape.get(1)}, type.bytes());
        release.run();
        return of(type, swapped, rows);
    }

    @Override
    public void close() {
        release.run();
    }

    private NDArray copy(NDManager manager, DataType target) {
        if (shape.size() == 0) {
            return manager.create(shape, target);
        }
        ByteBuffer elements = type.widens() ? widened() : bytes;
        try (NDArray view = manager.create(elements, shape, type.arrayType())) {
            return target == type.arrayType() ? view.duplicate() : view.toType(target, true);
        } finally {
            if (type.widens()) {
                DirectMemory.free(elements);
            }
        }
    }

    private ByteBuffer widened() {
        int count = Math.toIntExact(shape.size());
        ByteBuffer wide = allocate((long) count * type.arrayType().getNumOfBytes());
        IntStream.range(0, (count + CHUNK - 1) / CHUNK)
                .parallel()
                .forEach(chunk -> widen(wide, chunk * CHUNK, Math.min(count, (chunk + 1) * CHUNK)));
        return wide;
    }

    private void widen(ByteBuffer wide, int from, int to) {
        switch (type) {
            // A bfloat16 is the upper half of a 32-bit float.
            case BF16 -> {
                for (int i = from; i < to; i++) {
                    wide.putInt(4 * i, bytes.getShort(2 * i) << 16);
                }
            }
            case I16 -> {
                for (int i = from; i < to; i++) {
                    wide.putInt(4 * i, bytes.getShort(2 * i));
                }
            }
            case U16 -> {
                for (int i = from; i < to; i++) {
                    wide.putInt(4 * i, bytes.getShort(2 * i) & 0xffff);
                }
            }
            case U32 -> {
                for (int i = from; i < to; i++) {
                    wide.putLong(8 * i, bytes.getInt(4 * i) & 0xffff_ffffL);
                }
            }
            default -> throw new IllegalStateException(type + " is not widened");
        }
    }
}
