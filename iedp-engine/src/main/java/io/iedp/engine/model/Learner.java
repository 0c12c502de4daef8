package io.iedp.engine.model;

import ai.djl.ndarray.NDArray;
import io.iedp.api.data.Batch;
import io.iedp.api.data.Sample;
import java.util.List;
import java.util.Map;

/** What has a loss that training lowers. */
public interface Learner {
    /** Adds to a training sample what the losses need; several threads may do so at once. */
    default Sample prepare(Sample sample) {
        return sample;
    }

    /** Terms of the loss of a batch by name: scalars, as they are shown. */
    Map<String, NDArray> losses(Batch batch);

    /** The scalar that is lowered, of {@link #losses}. */
    NDArray total(Map<String, NDArray> losses);

    /** What passes between the parts in one training step, by name, in order. */
    Map<String, NDArray> parts(Batch batch);

    /** What whoever trains with it should know: a sentence each. */
    List<String> notes();
}
