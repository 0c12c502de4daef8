package io.iedp.pretraining;

/** Weighted sums of arrays. */
final class Sums {
    private Sums() {}

    /** {@code a * x + b * y}. */
    static double[] of(double a, double[] x, double b, double[] y) {
        double[] sum = new double[x.length];
        for (int i = 0; i < sum.length; i++) {
            sum[i] = a * x[i] + b * y[i];
        }
        return sum;
    }

    /** {@code a * x + b * y + c * z}. */
    static double[] of(double a, double[] x, double b, double[] y, double c, double[] z) {
        return of(1, of(a, x, b, y), c, z);
    }

    /** {@code a * x}. */
    static double[] scaled(double a, double[] x) {
        return of(a, x, 0, x);
    }
}
