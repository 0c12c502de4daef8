package io.iedp.nn.files;

import java.nio.ByteBuffer;

/** Elements that lie apart in memory, as those of a transposed matrix. */
final class Strides {
    private Strides() {}

    /** The strides of elements that lie row by row. */
    static long[] contiguous(long[] shape) {
        long[] strides = new long[shape.length];
        long stride = 1;
        for (int axis = shape.length - 1; axis >= 0; axis--) {
            strides[axis] = stride;
            stride *= shape[axis];
        }
        return strides;
    }

    /** Whether elements lie row by row; the stride of an axis of one element says nothing. */
    static boolean areContiguous(long[] shape, long[] strides) {
        long[] rows = contiguous(shape);
        for (int axis = 0; axis < shape.length; axis++) {
            if (shape[axis] > 1 && strides[axis] != rows[axis]) {
                return false;
            }
        }
        return true;
    }

    /**
     * Copies elements into rows.
     *
     * @param from begins with the first element
     * @param width bytes of an element: 1, 2, 4 or 8
     */
    static void gather(ByteBuffer from, ByteBuffer to, long[] shape, long[] strides, int width) {
        int axes = shape.length;
        if (axes == 0) {
            copy(from, 0, 0, to, 0, 1, width);
            return;
        }
        int length = (int) shape[axes - 1];
        long rows = 1;
        for (int axis = 0; axis < axes - 1; axis++) {
            rows *= shape[axis];
        }
        long[] index = new long[axes];
        long offset = 0;
        for (long row = 0; row < rows; row++) {
            copy(from, (int) offset, (int) strides[axes - 1], to, (int) (row * length), length, width);
            for (int axis = axes - 2; axis >= 0; axis--) {
                offset += strides[axis];
                if (++index[axis] < shape[axis]) {
                    break;
                }
                offset -= index[axis] * strides[axis];
                index[axis] = 0;
            }
        }
    }

    private static void copy(ByteBuffer from, int offset, int stride, ByteBuffer to, int place, int count, int width) {
        switch (width) {
            case 1 -> {
                for (int i = 0; i < count; i++) {
                    to.put(place + i, from.get(offset + i * stride));
                }
            }
            case 2 -> {
                for (int i = 0; i < count; i++) {
                    to.putShort(2 * (place + i), from.getShort(2 * (offset + i * stride)));
                }
            }
            case 4 -> {
                for (int i = 0; i < count; i++) {
                    to.putInt(4 * (place + i), from.getInt(4 * (offset + i * stride)));
                }
            }
            default -> {
                for (int i = 0; i < count; i++) {
                    to.putLong(8 * (place + i), from.getLong(8 * (offset + i * stride)));
                }
            }
        }
    }
}
