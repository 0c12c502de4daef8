package io.iedp.api.task;

import io.iedp.api.data.Raster;
import io.iedp.api.data.Sample;
import java.util.Optional;

/** How predictions are judged. */
public interface Measure {
    /**
     * The ground truth that predictions are measured against.
     *
     * @throws io.iedp.api.UserException naming the sample if it has none, or one that is out of range
     */
    Raster truth(Sample sample);

    /** A new, empty accumulator. */
    Metrics metrics();

    /** The metric that decides which checkpoint is best. */
    Goal goal();

    /** The prediction that needs no model, such as the most frequent class, if the task has one. */
    Optional<Baseline> baseline();
}
