package io.iedp.api.objective;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.iedp.api.Experimental;
import io.iedp.api.data.Batch;
import io.iedp.api.data.RgbImage;
import io.iedp.api.task.Goal;
import java.util.List;
import java.util.Map;

/**
 * What is learned by a model that predicts nothing for a task, such as an autoencoder or a denoiser: its parts, the loss of a
 * batch, how it is measured and shown, and the files that it is published as. Training, checkpoints, averages, hooks and
 * reports are those of every experiment.
 */
@Experimental
public interface TrainingObjective {
    /**
     * The part that never trains, such as a frozen encoder. It depends on the samples alone.
     *
     * @return arrays whose first axis is the batch
     */
    default NDList encode(Batch batch) {
        return new NDList();
    }

    /** Whether {@link #encode} takes so long that the host should keep its results where the experiment has a cache. */
    default boolean hasFrozenEncoder() {
        return false;
    }

    /**
     * The terms of the loss, whose sum is minimised. Random numbers are drawn from the arrays' engine, which is seeded for
     * each step.
     *
     * @param encoded what {@link #encode} made of the batch
     * @return scalars by name
     * @throws io.iedp.api.UserException naming the sample if one lacks what is needed
     */
    Map<String, NDArray> losses(Batch batch, NDList encoded);

    /** A new, empty accumulator, whose results do not depend on chance. */
    ObjectiveMetrics metrics();

    /** The metric that decides which checkpoint is best. */
    Goal goal();

    /**
     * What the model makes of samples, for the report, such as their reconstructions. The default shows none.
     *
     * @return one for each sample, or none at all
     */
    default List<RgbImage> pictures(Batch batch, NDList encoded) {
        return List.of();
    }

    /** What whoever trains with it should know: a sentence each. */
    default List<String> notes() {
        return List.of();
    }

    /** What was learned so far; its arrays are the parameters themselves. */
    PublishedFiles published();
}
