package io.iedp.engine.model;

import io.iedp.api.data.Raster;
import io.iedp.api.task.MetricReport;
import io.iedp.api.task.MetricTable;
import io.iedp.api.task.Metrics;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Adds up the metrics of all tasks. In the report, the main task's keep their names. */
public final class TaskMetrics {
    private final List<TaskHead> heads;
    private final Map<String, Metrics> metrics = new LinkedHashMap<>();

    TaskMetrics(List<TaskHead> heads) {
        this.heads = heads;
        heads.forEach(each -> metrics.put(each.name(), each.task().measure().metrics()));
    }

    /** Counts one picture. */
    public void update(Map<String, Raster> predictions, Map<String, Raster> truths) {
        metrics.forEach((task, each) -> each.update(predictions.get(task), truths.get(task)));
    }

    /** The metrics of all pictures so far. */
    public MetricReport report() {
        Map<String, Double> values = new LinkedHashMap<>();
        List<MetricTable> tables = new ArrayList<>();
        for (TaskHead head : heads) {
            MetricReport report = metrics.get(head.name()).report();
            report.values().forEach((name, value) -> values.put(head.qualified(".", name), value));
            report.tables()
                    .forEach(table -> tables.add(
                            new MetricTable(head.qualified(": ", table.title()), table.columns(), table.rows())));
        }
        return new MetricReport(values, tables);
    }
}
