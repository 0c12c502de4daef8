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

    /** Whether it stays as a file had it, so that it need not be written: it comes from there again. */
    public boolean isFrozenFromFile() {
        return role == Role.FROZEN && loaded;
    }

    /** Number of values. */
    public long size() {
        return array.getShape().size();
    }
}
