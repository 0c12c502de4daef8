package io.iedp.api.task;

import ai.djl.ndarray.NDArray;
import io.iedp.api.data.Batch;
import io.iedp.api.data.Raster;
import io.iedp.api.data.RgbImage;
import io.iedp.api.data.Sample;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What is to be predicted: its loss, its metrics, its evaluation protocol and its pictures. */
public interface Task {
    /** How many channels the head must give. */
    int outputs();

    /**
     * The training loss of one branch.
     *
     * @param output (B, outputs, h, w), of the head; of the same part of the scene as the batch's targets
     * @return a scalar
     */
    NDArray loss(NDArray output, Batch batch);

    /**
     * The evaluation protocol: windows, scales, flips. The default is one pass over the whole picture.
     *
     * @param batch pictures of any size; {@link Batch#withPixels} makes the parts of it that are predicted
     * @return (B, outputs, H, W)
     */
    default NDArray infer(Predictor predictor, Batch batch) {
        return predictor.predict(batch);
    }

    /**
     * Makes the final prediction.
     *
     * @param output (outputs, H, W), of {@link #infer}
     */
    Raster decode(NDArray output);

    /** The ground truth that {@link #decode} is measured against. */
    Raster truth(Sample sample);

    /** A new, empty accumulator. */
    Metrics metrics();

    /** The metric that decides which checkpoint is best. */
    Goal goal();

    /** The prediction that needs no model, such as the most frequent class, if the task has one. */
    Optional<Baseline> baseline();

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
