package io.iedp.launcher.engine;

import io.iedp.api.UserException;
import java.util.Map;

/** The loss is no number any more. */
final class DivergedException extends UserException {
    private static final long serialVersionUID = 1L;

    DivergedException(int step, Map<String, Double> losses) {
        super(("The loss of step %d is not a finite number: %s. The weights of the last checkpoint are untouched. A "
                        + "smaller training.learning-rate, a training.warmup or a training.clip-norm usually helps.")
                .formatted(step, losses));
    }
}
