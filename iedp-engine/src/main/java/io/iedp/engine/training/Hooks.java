package io.iedp.engine.training;

import io.iedp.api.hook.Hook;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

/** The hooks of a training, in the order in which they hear of what happens. */
final class Hooks implements AutoCloseable {
    private final List<Hook> hooks = new ArrayList<>();

    void add(Hook hook) {
        hooks.add(hook);
    }

    void each(Consumer<Hook> event) {
        hooks.forEach(event);
    }

    /** Closes all, the last one first. */
    @Override
    public void close() {
        List<Hook> reversed = new ArrayList<>(hooks);
        Collections.reverse(reversed);
        RuntimeException failure = null;
        for (Hook hook : reversed) {
            try {
                hook.close();
            } catch (RuntimeException e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
