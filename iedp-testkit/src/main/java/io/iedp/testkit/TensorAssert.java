package io.iedp.testkit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import org.assertj.core.api.AbstractAssert;

/** Assertions on arrays: {@code assertThatTensor(output).hasShape(2, 3, 8, 8).isFinite()}. */
public final class TensorAssert extends AbstractAssert<TensorAssert, NDArray> {
    private TensorAssert(NDArray actual) {
        super(actual, TensorAssert.class);
    }

    public static TensorAssert assertThatTensor(NDArray actual) {
        return new TensorAssert(actual);
    }

    public TensorAssert hasShape(long... dimensions) {
        isNotNull();
        Shape expected = new Shape(dimensions);
        if (!actual.getShape().equals(expected)) {
            failWithMessage("Expected a tensor of %s, but it is %s", expected, actual.getShape());
        }
        return this;
    }

    /** No value is infinite or no number. */
    public TensorAssert isFinite() {
        isNotNull();
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            // Infinity times zero is no number, and neither is its sum.
            float sum = actual.mul(0).sum().getFloat();
            if (sum != 0) {
                failWithMessage("Expected finite values in %s, but some are infinite or no number", actual.getShape());
            }
        }
        return this;
    }

    /** Some value is not zero, and all are numbers. */
    public TensorAssert isNotZero() {
        isFinite();
        if (largest(actual) == 0) {
            failWithMessage("Expected values other than zero in %s", actual.getShape());
        }
        return this;
    }

    public TensorAssert isZero() {
        isFinite();
        float largest = largest(actual);
        if (largest != 0) {
            failWithMessage("Expected zeros, but the largest value is %s", largest);
        }
        return this;
    }

    /**
     * Every value is off by no more than a share of the largest expected one.
     *
     * @param tolerance such as 1e-5
     */
    public TensorAssert isCloseTo(NDArray expected, double tolerance) {
        isNotNull();
        hasShape(expected.getShape().getShape());
        isFinite();
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            float off = largest(actual.sub(expected));
            double allowed = tolerance * largest(expected);
            if (off > allowed) {
                failWithMessage("Expected values within %s of the expected ones, but one is off by %s", allowed, off);
            }
        }
        return this;
    }

    /** Every value is the same to the last bit. */
    public TensorAssert hasSameValuesAs(NDArray expected) {
        return isCloseTo(expected, 0);
    }

    /** Some value is another. */
    public TensorAssert differsFrom(NDArray other) {
        isNotNull();
        hasShape(other.getShape().getShape());
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            if (largest(actual.sub(other)) == 0) {
                failWithMessage("Expected other values than these, but all are the same");
            }
        }
        return this;
    }

    private static float largest(NDArray array) {
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            return array.abs().max().getFloat();
        }
    }
}
