package io.iedp.engine.training;

import io.iedp.api.hook.Hook;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What goes along with a training.
 *
 * @param limit the largest number of steps, and of samples in an evaluation
 * @param stop ends it early
 * @param hooks by names that a resumed run finds their state by
 * @param checkpoints where the state is kept, if it is
 * @param resume whether training goes on from the newest checkpoint, if there is one
 * @param initialized whether the first weights do not follow from the experiment file alone
 * @param say tells the user
 */
public record TrainingOptions(
        Limit limit,
        StopSignal stop,
        Map<String, Hook> hooks,
        Optional<Checkpoints> checkpoints,
        boolean resume,
        boolean initialized,
        Consumer<String> say) {
    public TrainingOptions {
        hooks = Collections.unmodifiableMap(new LinkedHashMap<>(hooks));
    }

    /** A training from the first step to the last that leaves nothing behind. */
    public static TrainingOptions plain(Limit limit, StopSignal stop, Hook hook) {
        return new TrainingOptions(limit, stop, Map.of("hook", hook), Optional.empty(), false, false, line -> {});
    }
}
