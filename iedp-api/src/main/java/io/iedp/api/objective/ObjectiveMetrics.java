package io.iedp.api.objective;

import ai.djl.ndarray.NDList;
import io.iedp.api.Experimental;
import io.iedp.api.data.Batch;
import io.iedp.api.task.MetricReport;

/** Adds up over a data set what its metrics need. */
@Experimental
public interface ObjectiveMetrics {
    /**
     * Counts samples of one size, as they are, without gradients.
     *
     * @param encoded what {@link TrainingObjective#encode} makes of them
     */
    void update(Batch batch, NDList encoded);

    /** The metrics of all samples so far. */
    MetricReport report();
}
