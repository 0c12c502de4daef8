package io.iedp.nn.files;

import ai.djl.ndarray.types.Shape;

/**
 * What makes an array of one implementation that of another. One that cannot be changed so stays as it is, and its
 * shape shows that it does not fit.
 */
public enum ArrayConversion {
    NONE,
    /** The first third of the rows, as of query, key and value in one. */
    FIRST_THIRD,
    SECOND_THIRD,
    LAST_THIRD,
    /** Rows and columns swapped. */
    TRANSPOSED,
    /** A 1 x 1 convolution as a linear layer: (out, in, 1, 1) to (out, in). */
    CONVOLUTION_TO_LINEAR;

    private static final int FIRST = FIRST_THIRD.ordinal();

    Shape shape(Shape stored) {
        if (!fits(stored)) {
            return stored;
        }
        return switch (this) {
            case NONE -> stored;
            case FIRST_THIRD, SECOND_THIRD, LAST_THIRD -> new Shape(stored.get(0) / 3).addAll(stored.slice(1));
            case TRANSPOSED -> new Shape(stored.get(1), stored.get(0));
            case CONVOLUTION_TO_LINEAR -> stored.slice(0, 2);
        };
    }

    StoredArray apply(StoredArray array) {
        if (!fits(array.shape())) {
            return array;
        }
        return switch (this) {
            case NONE -> array;
            case FIRST_THIRD, SECOND_THIRD, LAST_THIRD -> {
                long rows = array.shape().get(0) / 3;
                yield array.rows((ordinal() - FIRST) * rows, (ordinal() - FIRST + 1) * rows);
            }
            case TRANSPOSED -> array.transposed();
            case CONVOLUTION_TO_LINEAR -> array.reshaped(shape(array.shape()));
        };
    }

    private boolean fits(Shape stored) {
        return switch (this) {
            case NONE -> true;
            case FIRST_THIRD, SECOND_THIRD, LAST_THIRD ->
                stored.dimension() > 0 && stored.size() > 0 && stored.get(0) % 3 == 0;
            case TRANSPOSED -> stored.dimension() == 2 && stored.size() > 0;
            case CONVOLUTION_TO_LINEAR -> stored.dimension() == 4 && stored.get(2) == 1 && stored.get(3) == 1;
        };
    }
}
