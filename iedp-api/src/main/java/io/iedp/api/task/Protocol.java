package io.iedp.api.task;

import ai.djl.ndarray.NDArray;
import io.iedp.api.data.Batch;
import io.iedp.api.data.Raster;

/** How a prediction is made with a trained model. */
public interface Protocol {
    /**
     * The evaluation protocol: windows, scales, flips. The default is one pass over the whole picture.
     *
     * @param batch pictures of any size; {@link Batch#withPixels} makes the parts of it that are predicted
     * @return (B, outputs, H, W)
     */
    default NDArray infer(ForwardPass pass, Batch batch) {
        return pass.of(batch);
    }

    /**
     * The prediction of whole pictures in one pass: what {@link #infer} does without windows, sizes and mirrored views. A
     * graph that is exported ends with it.
     *
     * @param batch pictures of any size
     * @return (B, outputs, H, W), which {@link #decode} takes
     */
    default NDArray inferWhole(ForwardPass pass, Batch batch) {
        return pass.of(batch);
    }

    /**
     * How many passes {@link #infer} makes for pictures of that size: what a prediction costs, and how far it is, is told by
     * it. A protocol of several passes says so here too.
     */
    default int passes(int height, int width) {
        return 1;
    }

    /**
     * Makes the final prediction.
     *
     * @param output (outputs, H, W), of {@link #infer}
     */
    Raster decode(NDArray output);

    /** What the values of a prediction are. */
    default Quantity quantity() {
        return Quantity.UNKNOWN;
    }
}
