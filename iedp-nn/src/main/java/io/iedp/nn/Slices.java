package io.iedp.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;

/** Parts of arrays along one or two axes. They are views: what is changed in a part changes in the whole. */
public final class Slices {
    private Slices() {}

    /** From {@code from} up to but without {@code to} along the first axis, such as the samples of a batch. */
    public static NDArray rows(NDArray array, long from, long to) {
        return array.get(new NDIndex().addSliceDim(from, to));
    }

    /** From {@code from} up to but without {@code to} along the second axis: channels of (B, C, H, W), tokens of (B, T, C). */
    public static NDArray channels(NDArray array, long from, long to) {
        return array.get(new NDIndex().addAllDim().addSliceDim(from, to));
    }

    /** Rows from {@code top} and columns from {@code left} of (B, C, H, W), up to but without the others. */
    public static NDArray window(NDArray array, long top, long bottom, long left, long right) {
        return array.get(new NDIndex().addAllDim(2).addSliceDim(top, bottom).addSliceDim(left, right));
    }
}
