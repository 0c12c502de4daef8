package io.iedp.api.guidance;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.iedp.api.Experimental;
import io.iedp.api.data.Batch;
import io.iedp.api.data.Sample;
import java.util.List;
import java.util.Optional;

/**
 * One way to guide the backbone: makes a sequence of embeddings for each picture. Several branches may
 * train together; their embeddings are stacked along the batch for one pass of the backbone.
 */
public interface GuidanceBranch {
    /** When the branch takes part. */
    enum Use {
        /** In training only: it needs the ground truth. */
        TRAINING,
        /** In training and at inference. */
        ALWAYS,
        /**
         * In training and when the model is measured, with the ground truth each time: to see how good it would be
         * if it knew. Such a model cannot predict.
         */
        ORACLE
    }

    Use use();

    /** The factor of this branch's loss in the sum. */
    double lossWeight();

    /** The length T of the sequences that {@link #embed} returns. */
    int tokens();

    /**
     * The part that never trains, such as a frozen encoder. It depends on the samples alone, so the host
     * may keep the result.
     *
     * @return arrays whose first axis is the batch
     */
    NDList encode(Batch batch);

    /**
     * The part that trains; without one, it hands on what {@link #encode} made.
     *
     * @return (B, {@link #tokens}, context width of the backbone)
     */
    NDArray embed(NDList encoded);

    /**
     * The words that guide it for a sample, if it is guided by words of the sample. It takes the sample's text
     * {@link Sample#PROMPT} in their place, if there is one.
     */
    @Experimental
    default Optional<String> words(Sample sample) {
        return Optional.empty();
    }

    /** What whoever trains with it should know, such as that a text is cut: a sentence each. */
    default List<String> notes() {
        return List.of();
    }
}
