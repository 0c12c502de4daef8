package io.iedp.engine.training;

import io.iedp.api.UserException;
import io.iedp.api.hook.Hook;
import io.iedp.api.hook.SavedCheckpoint;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Saves the state of training. That of a step is saved when the next one is about to begin, so that whatever goes with the
 * step, such as an evaluation, has happened. A checkpoint that cannot be written does not end training: the last one is
 * still there, and the next may succeed.
 */
final class CheckpointHook implements Hook {
    private static final Logger LOG = LoggerFactory.getLogger(CheckpointHook.class);

    private final Checkpoints checkpoints;
    private final TrainingState state;
    private final Map<String, Hook> hooks;
    private final int every;
    private final boolean first;
    private final Consumer<String> say;
    private int saved;
    private int evaluatedStep;

    /**
     * @param hooks whose state is saved too, and which hear of it
     * @param every steps between two, or 0 to save at evaluations
     * @param first whether the state before the first step is saved too, since it does not follow from the experiment file
     * @param say tells the user of what cannot be written
     */
    CheckpointHook(
            Checkpoints checkpoints,
            TrainingState state,
            Map<String, Hook> hooks,
            int every,
            boolean first,
            Consumer<String> say) {
        this.checkpoints = checkpoints;
        this.state = state;
        this.hooks = hooks;
        this.every = every;
        this.first = first;
        this.say = say;
    }

    @Override
    public void started(int step) {
        saved = step;
        evaluatedStep = state.evaluatedStep();
        if (step == 0 && first) {
            save();
        }
    }

    @Override
    public void beforeStep(int step) {
        int before = step - 1;
        completeIfEvaluatedSince();
        if (before > saved && (every == 0 ? state.evaluatedStep() == before : before % every == 0 || state.isBest())) {
            try {
                save();
            } catch (UserException e) {
                LOG.warn("No checkpoint", e);
                say.accept(e.getMessage() + "; training goes on, and the last checkpoint is kept");
            }
        }
    }

    /**
     * @throws UserException if the last checkpoint cannot be written, since there will be no other
     */
    @Override
    public void ended(int step) {
        completeIfEvaluatedSince();
        if (step > saved) {
            save();
        }
    }

    /** Whoever is interrupted in an evaluation saves without it, and whoever goes on makes it up. */
    private void completeIfEvaluatedSince() {
        if (state.evaluatedStep() == saved && saved > evaluatedStep) {
            evaluatedStep = saved;
            checkpoints.complete(state, hooks);
        }
    }

    private void save() {
        SavedCheckpoint checkpoint = checkpoints.save(state, hooks);
        saved = checkpoint.step();
        evaluatedStep = state.evaluatedStep();
        hooks.values().forEach(hook -> hook.saved(checkpoint));
    }
}
