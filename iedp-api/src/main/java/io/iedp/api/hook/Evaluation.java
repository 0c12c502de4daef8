package io.iedp.api.hook;

import io.iedp.api.task.LegendEntry;
import io.iedp.api.task.MetricReport;
import java.util.List;
import java.util.Optional;

/**
 * What an evaluation in the course of training found.
 *
 * @param step number of steps made
 * @param metrics of the weights that the run gives: the averaged ones, where an average is kept
 * @param current metrics of the weights as they are trained, where an average is kept
 * @param examples some validation samples with their predictions
 * @param legend what the colours of predictions mean
 */
public record Evaluation(
        int step,
        MetricReport metrics,
        Optional<MetricReport> current,
        List<Example> examples,
        List<LegendEntry> legend) {
    public Evaluation {
        examples = List.copyOf(examples);
        legend = List.copyOf(legend);
    }
}
