package io.iedp.api.task;

import io.iedp.api.data.Raster;

/** Adds up over a data set what its metrics need; memory does not grow with the number of pictures. */
public interface Metrics {
    /** Counts one picture. Both rasters have the same size. */
    void update(Raster prediction, Raster truth);

    /** The metrics of all pictures so far. */
    MetricReport report();
}
