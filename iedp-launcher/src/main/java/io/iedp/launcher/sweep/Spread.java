package io.iedp.launcher.sweep;

import java.util.List;
import java.util.Locale;

/**
 * Where some values lie.
 *
 * @param deviation the sample standard deviation, with n - 1; {@code NaN} for a single value
 */
record Spread(double mean, double deviation) {
    static Spread of(List<Double> values) {
        int n = values.size();
        double mean = values.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
        double squares = values.stream()
                .mapToDouble(value -> (value - mean) * (value - mean))
                .sum();
        return new Spread(mean, n < 2 ? Double.NaN : Math.sqrt(squares / (n - 1)));
    }

    String show() {
        if (Double.isNaN(mean)) {
            return "-";
        }
        String shown = String.format(Locale.ROOT, "%.4f", mean);
        return withDeviation(shown);
    }

    /** With a sign, as a difference is shown. */
    String showSigned() {
        return Double.isNaN(mean) ? "-" : withDeviation(String.format(Locale.ROOT, "%+.4f", mean));
    }

    private String withDeviation(String shown) {
        return Double.isNaN(deviation) ? shown : shown + String.format(Locale.ROOT, " ± %.4f", deviation);
    }
}
