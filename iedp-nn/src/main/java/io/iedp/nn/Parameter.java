package io.iedp.nn;

import ai.djl.ndarray.NDArray;

/**
 * One named array of a model.
 *
 * @param name the full name, with dots
 * @param array the values; changed in place by training
 * @param role what becomes of it in training
 * @param loaded whether the values came from a file rather than an initializer
 */
public record Parameter(String name, NDArray array, Role role, boolean loaded) {
    /** What becomes of an array in training. */
    public enum Role {
        TRAINED,
        FROZEN,
        BUFFER
    }

    /** Number of values. */
    public long size() {
        return array.getShape().size();
    }
}
