package io.iedp.launcher.sweep;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How much one row of a sweep is above another where both have the same seed. What seeds do to all rows alike, such as
 * their order of the data, is in neither mean nor deviation.
 *
 * @param values of one metric, by row and seed
 */
record PairedDifferences(Map<String, Map<String, Double>> values) {
    /** Whether two rows have a seed in common. */
    boolean exist() {
        return pairs().size() > 1;
    }

    private List<Double> differences(String row, String other) {
        Map<String, Double> subtracted = values.get(other);
        List<Double> differences = new ArrayList<>();
        values.get(row).forEach((seed, value) -> {
            if (subtracted.containsKey(seed)) {
                differences.add(value - subtracted.get(seed));
            }
        });
        return differences;
    }

    /** What there is of a row minus another: mean and sample standard deviation over the seeds that both have. */
    Spread of(String row, String other) {
        return Spread.of(differences(row, other));
    }

    /** All rows minus all columns; nothing on the diagonal. */
    List<List<String>> matrix() {
        List<List<String>> rows = new ArrayList<>();
        for (String row : values.keySet()) {
            List<String> cells = new ArrayList<>(List.of(row));
            for (String other : values.keySet()) {
                cells.add(row.equals(other) ? "" : of(row, other).showSigned());
            }
            rows.add(cells);
        }
        return rows;
    }

    List<String> columns() {
        List<String> columns = new ArrayList<>(List.of("minus"));
        columns.addAll(values.keySet());
        return columns;
    }

    /** {@code row, minus, seeds, mean, deviation} of all pairs. */
    List<List<String>> pairs() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("row", "minus", "seeds", "mean", "deviation"));
        for (String row : values.keySet()) {
            for (String other : values.keySet()) {
                List<Double> differences = differences(row, other);
                if (!row.equals(other) && !differences.isEmpty()) {
                    Spread spread = Spread.of(differences);
                    rows.add(List.of(
                            row,
                            other,
                            Integer.toString(differences.size()),
                            Double.toString(spread.mean()),
                            Double.isNaN(spread.deviation()) ? "" : Double.toString(spread.deviation())));
                }
            }
        }
        return rows;
    }

    /** Takes results one by one. */
    static final class Builder {
        private final Map<String, Map<String, Double>> values = new LinkedHashMap<>();

        Builder row(String row) {
            values.computeIfAbsent(row, name -> new LinkedHashMap<>());
            return this;
        }

        Builder add(String row, String seed, double value) {
            row(row);
            if (Double.isFinite(value)) {
                values.get(row).put(seed, value);
            }
            return this;
        }

        PairedDifferences build() {
            return new PairedDifferences(values);
        }
    }
}
