package io.iedp.api.task;

import java.util.List;

/**
 * A table for people to read.
 *
 * @param title what it shows
 * @param columns the headings
 * @param rows as many cells each as there are headings
 */
public record MetricTable(String title, List<String> columns, List<List<String>> rows) {
    public MetricTable {
        columns = List.copyOf(columns);
        rows = rows.stream().map(List::copyOf).toList();
    }
}
