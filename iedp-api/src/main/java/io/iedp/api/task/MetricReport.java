package io.iedp.api.task;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The outcome of an evaluation.
 *
 * @param values metrics by name, in the order to show them; fractions, not per cent;
 *     {@code NaN} for what no pixel counted for
 * @param tables the details, such as one row a class
 */
public record MetricReport(Map<String, Double> values, List<MetricTable> tables) {
    public MetricReport {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        tables = List.copyOf(tables);
    }
}
