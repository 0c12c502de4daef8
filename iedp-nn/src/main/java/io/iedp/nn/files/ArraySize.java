package io.iedp.nn.files;

import java.util.OptionalLong;

/** How much memory an array takes, as far as a file's claims make sense. */
final class ArraySize {
    /** As many axes as an array of the engine may have. */
    static final int MAX_AXES = 64;

    private ArraySize() {}

    /** In bytes, or empty if an axis is negative or the numbers are beyond all measure. */
    static OptionalLong of(long[] shape, ElementType type) {
        long bytes = type.bytes();
        boolean empty = false;
        for (long axis : shape) {
            empty |= axis == 0;
            if (axis < 0 || bytes > Long.MAX_VALUE / Math.max(axis, 1)) {
                return OptionalLong.empty();
            }
            bytes *= Math.max(axis, 1);
        }
        return OptionalLong.of(empty ? 0 : bytes);
    }
}
