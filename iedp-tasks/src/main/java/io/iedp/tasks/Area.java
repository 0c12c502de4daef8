package io.iedp.tasks;

/** A part of a picture: rows from {@code top} and columns from {@code left}, up to but without the others. */
record Area(int top, int bottom, int left, int right) {
    int height() {
        return bottom - top;
    }

    int width() {
        return right - left;
    }

    /** As an index into the last two of four axes. */
    String index() {
        return ":, :, %d:%d, %d:%d".formatted(top, bottom, left, right);
    }
}
