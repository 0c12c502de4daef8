package io.iedp.verify.result;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import io.iedp.verify.Comparison;
import io.iedp.verify.Tolerance;

/**
 * How far one array is off.
 *
 * @param name of the array
 * @param absolute the largest absolute difference; NaN when one side is not a number where the other is
 * @param relative that, over the largest absolute value that is expected
 * @param tolerance what is allowed
 * @param problem why the values cannot be compared, or empty
 */
public record Difference(String name, double absolute, double relative, Tolerance tolerance, String problem) {
    private static final String NOT_COMPUTED = "is not computed";

    /** Compares what was computed in the way that is declared for it. */
    static Difference of(String name, NDArray expected, NDArray actual, Comparison comparison) {
        if (comparison instanceof Comparison.Best best) {
            return of(name, expected, BestScores.of(best, actual, expected), best.tolerance());
        }
        return of(name, expected, actual, comparison.tolerance());
    }

    /** Compares all values. Whole numbers must be equal, whatever the tolerance. */
    private static Difference of(String name, NDArray expected, NDArray actual, Tolerance tolerance) {
        Tolerance own = expected.getDataType().isFloating() ? tolerance : Tolerance.absolute(0);
        if (!actual.getShape().equals(expected.getShape())) {
            String problem = "has the shape %s instead of %s".formatted(actual.getShape(), expected.getShape());
            return new Difference(name, Double.NaN, Double.NaN, own, problem);
        }
        double[] wanted = values(expected);
        double[] got = values(actual);
        double largest = 0;
        double difference = 0;
        for (int i = 0; i < wanted.length; i++) {
            if (Double.compare(wanted[i], got[i]) != 0) {
                // Math.max keeps what is not a number.
                difference = Math.max(difference, Math.abs(wanted[i] - got[i]));
            }
            if (Double.isFinite(wanted[i])) {
                largest = Math.max(largest, Math.abs(wanted[i]));
            }
        }
        return new Difference(name, difference, difference == 0 ? 0 : difference / largest, own, "");
    }

    /** An array that is expected, but that no verifier computes. */
    static Difference notComputed(String name) {
        return new Difference(name, Double.NaN, Double.NaN, Tolerance.OUTPUT, NOT_COMPUTED);
    }

    public boolean isComputed() {
        return !problem.equals(NOT_COMPUTED);
    }

    public boolean passed() {
        return absolute <= tolerance.absolute() || relative <= tolerance.relative();
    }

    /** The share of what is allowed that is used; the worst array of a case has the largest. */
    double excess() {
        if (Double.isNaN(absolute)) {
            return Double.POSITIVE_INFINITY;
        }
        if (absolute == 0) {
            return 0;
        }
        double used = Double.POSITIVE_INFINITY;
        if (tolerance.relative() > 0) {
            used = relative / tolerance.relative();
        }
        if (tolerance.absolute() > 0) {
            used = Math.min(used, absolute / tolerance.absolute());
        }
        return used;
    }

    private static double[] values(NDArray array) {
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            return array.toType(DataType.FLOAT64, true).toDoubleArray();
        }
    }
}
