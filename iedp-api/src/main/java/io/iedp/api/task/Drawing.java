package io.iedp.api.task;

import io.iedp.api.data.Raster;
import io.iedp.api.data.RgbImage;
import java.nio.file.Path;
import java.util.List;

/** How predictions are shown and kept. */
public interface Drawing {
    /** A prediction or ground truth as a picture. */
    RgbImage draw(Raster raster);

    /** A prediction over its photograph. */
    RgbImage overlay(RgbImage image, Raster prediction);

    /**
     * Writes a prediction without loss, in the form in which data sets of this task have their ground truth.
     *
     * @param file ends in {@code .png}
     * @throws io.iedp.api.UserException if it cannot be written
     */
    void write(Raster prediction, Path file);

    /** What the colours of {@link #draw} mean. */
    List<LegendEntry> legend();
}
