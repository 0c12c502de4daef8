package io.iedp.api.task;

import ai.djl.ndarray.NDArray;
import io.iedp.api.data.Batch;
import io.iedp.api.data.Sample;

/** What is learned. */
public interface Objective {
    /** How many channels the head must give. */
    int outputs();

    /**
     * Adds to a training sample what the loss needs beside its ground truth and takes long to make, such as the borders of its
     * labels: more targets, which a batch then has. It is done once for all branches, after {@code data.augment}, by the threads
     * that read data, several of which may do it at once. Each task gets the sample as it was, and what it adds needs a name
     * that no other task gives, nor the same task with other settings, as in {@code acme/borders-3} for borders three
     * pixels wide.
     *
     * @return a sample of the same picture, with more targets
     */
    default Sample prepare(Sample sample) {
        return sample;
    }

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
