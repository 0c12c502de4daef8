package io.iedp.launcher.run;

import io.iedp.api.UserException;
import io.iedp.api.hook.Evaluation;
import io.iedp.api.hook.Hook;
import io.iedp.api.hook.SavedCheckpoint;
import io.iedp.api.hook.StepReport;
import io.iedp.config.experiment.Component;
import java.util.Map;
import java.util.function.Supplier;

/** A hook while its plugin's classes are visible to libraries. What fails in it is said to have failed there. */
record PluginHook(Component component, Hook hook) implements Hook {
    @Override
    public void started(int step) {
        tell(() -> hook.started(step));
    }

    @Override
    public void beforeStep(int step) {
        tell(() -> hook.beforeStep(step));
    }

    @Override
    public void afterStep(StepReport step) {
        tell(() -> hook.afterStep(step));
    }

    @Override
    public void evaluated(Evaluation evaluation) {
        tell(() -> hook.evaluated(evaluation));
    }

    @Override
    public void saved(SavedCheckpoint checkpoint) {
        tell(() -> hook.saved(checkpoint));
    }

    @Override
    public void ended(int step) {
        tell(() -> hook.ended(step));
    }

    @Override
    public Map<String, String> state() {
        return ask(hook::state);
    }

    @Override
    public void restore(Map<String, String> state) {
        tell(() -> hook.restore(state));
    }

    @Override
    public void close() {
        tell(hook::close);
    }

    private void tell(Runnable event) {
        ask(() -> {
            event.run();
            return null;
        });
    }

    private <T> T ask(Supplier<T> question) {
        try {
            return component.within(question);
        } catch (UserException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new IllegalStateException("the hook '%s' failed: %s".formatted(component.type(), e), e);
        }
    }
}
