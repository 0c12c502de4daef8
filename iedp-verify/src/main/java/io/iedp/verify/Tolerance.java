package io.iedp.verify;

/**
 * How far an array may be off: by the larger of the two.
 *
 * @param relative to the largest absolute value that is expected in the array
 * @param absolute whatever the values are
 */
public record Tolerance(double relative, double absolute) {
    /** Of outputs, features and maps in 32 bits. */
    public static final Tolerance OUTPUT = relative(1e-5);

    public static Tolerance relative(double relative) {
        return new Tolerance(relative, 0);
    }

    public static Tolerance absolute(double absolute) {
        return new Tolerance(0, absolute);
    }
}
