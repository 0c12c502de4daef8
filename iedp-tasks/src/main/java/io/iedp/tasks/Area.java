package io.iedp.tasks;

import ai.djl.ndarray.index.NDIndex;

/** A part of a picture: rows from {@code top} and columns from {@code left}, up to but without the others. */
record Area(int top, int bottom, int left, int right) {
    int height() {
        return bottom - top;
    }

    int width() {
        return right - left;
    }

    /** As an index into the last two of four axes. */
    NDIndex index() {
        return new NDIndex().addAllDim(2).addSliceDim(top, bottom).addSliceDim(left, right);
    }
}
