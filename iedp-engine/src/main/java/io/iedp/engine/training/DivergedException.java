package io.iedp.engine.training;

import io.iedp.api.UserException;
import java.util.Map;
import java.util.Optional;

/** Loss or gradient are no numbers any more. */
final class DivergedException extends UserException {
    private static final long serialVersionUID = 1L;

    /**
     * @param steps how many in a row had to be skipped
     * @param bad the first array that holds something else than finite numbers, if one was found
     */
    DivergedException(int step, int steps, Map<String, Double> losses, Optional<String> bad) {
        super(("The loss or the gradient of step %s is not a finite number, %s in a row: losses %s.%s The "
                        + "weights are as before these steps, and so is the last checkpoint. A smaller "
                        + "training.learning-rate, a training.warmup or a training.clip-norm usually helps.")
                .formatted(
                        step,
                        steps,
                        losses,
                        bad.map(name -> " What is not finite first is " + name + ".")
                                .orElse("")));
    }
}
