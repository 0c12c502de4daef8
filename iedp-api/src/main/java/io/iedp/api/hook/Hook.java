package io.iedp.api.hook;

import io.iedp.api.Experimental;
import java.util.Map;

/**
 * Goes along with a training run. All methods are called on the training thread, in the order in which the hooks stand in
 * the experiment file; what one throws ends the run. At a step with an evaluation, {@link #evaluated} comes after
 * {@link #afterStep}; what a checkpoint then holds is the state after both.
 */
@Experimental
public interface Hook extends AutoCloseable {
    /**
     * Before the first step of this process.
     *
     * @param step how many steps were made before: 0, or those of the checkpoint that the run goes on from
     */
    default void started(int step) {}

    /**
     * @param step counted from 1
     */
    default void beforeStep(int step) {}

    default void afterStep(StepReport step) {}

    default void evaluated(Evaluation evaluation) {}

    /** After a checkpoint was written. */
    default void saved(SavedCheckpoint checkpoint) {}

    /**
     * After the last step of this process.
     *
     * @param step how many steps were made in all
     */
    default void ended(int step) {}

    /** What a checkpoint keeps of this hook, for {@link #restore}. */
    default Map<String, String> state() {
        return Map.of();
    }

    /** Goes on from the {@link #state} of a checkpoint; called before {@link #started}. */
    default void restore(Map<String, String> state) {}

    /** Frees what the hook holds; called once, whether training reached its end or failed. */
    @Override
    default void close() {}
}
