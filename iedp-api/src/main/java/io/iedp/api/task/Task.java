package io.iedp.api.task;

import ai.djl.ndarray.NDArray;
import io.iedp.api.data.Batch;
import io.iedp.api.data.Raster;
import io.iedp.api.data.RgbImage;
import io.iedp.api.data.Sample;
import java.util.List;
import java.util.Optional;

/** What is to be predicted: its loss, its metrics, its evaluation protocol and its pictures. */
public interface Task {
    /** How many channels the head must give. */
    int outputs();

    /**
     * The training loss of one branch.
     *
     * @param output (B, outputs, h, w), of the head
     * @return a scalar
     */
    NDArray loss(NDArray output, Batch batch);

    /**
     * The evaluation protocol: windows, scales, flips. The default is one pass over the whole picture.
     *
     * @param pixels (B, 3, H, W) from 0 to 1, of any size
     * @return (B, outputs, H, W)
     */
    default NDArray infer(Predictor predictor, NDArray pixels) {
        return predictor.predict(pixels);
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

    /** What the colours of {@link #draw} mean. */
    List<LegendEntry> legend();
}
