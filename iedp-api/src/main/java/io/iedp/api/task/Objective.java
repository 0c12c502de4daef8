package io.iedp.api.task;

import ai.djl.ndarray.NDArray;
import io.iedp.api.data.Batch;

/** What is learned. */
public interface Objective {
    /** How many channels the head must give. */
    int outputs();

    /**
     * The training loss of one branch.
     *
     * @param output (B, outputs, h, w), of the head; of the same part of the scene as the batch's targets
     * @return a scalar
     * @throws io.iedp.api.UserException naming the sample if one has no ground truth, or one that is out of range
     */
    NDArray loss(NDArray output, Batch batch);

    /**
     * The loss of all outputs of one batch, of several branches and of auxiliary heads. What depends on the batch alone,
     * such as a look at its ground truth, is done once here; the default does it for each output.
     *
     * @throws io.iedp.api.UserException as {@link #loss}
     */
    default Loss of(Batch batch) {
        return output -> loss(output, batch);
    }
}
