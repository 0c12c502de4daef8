package io.iedp.api.task;

import io.iedp.api.data.Raster;

/** A predictor that looks at the training targets once and never at a picture. */
public interface Baseline {
    /** What it does, as in {@code majority class}. */
    String name();

    /** Learns from one target of the training data. */
    void observe(Raster truth);

    Raster predict(int width, int height);
}
