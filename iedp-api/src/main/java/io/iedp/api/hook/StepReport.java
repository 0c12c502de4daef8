package io.iedp.api.hook;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One training step.
 *
 * @param step number of steps made, this one included
 * @param steps number of steps in all
 * @param loss the weighted sum over the branches; no finite number where the step was skipped
 * @param branchLosses the loss of each branch
 * @param learningRate the rate of the step, before the factors of parameter groups
 * @param gradientNorm the norm of all gradients before clipping; {@code NaN} where the step was skipped
 * @param imagesPerSecond over the run so far, evaluations left out
 * @param waitShare the share of that time that was spent in waiting for data
 * @param skipped how many steps so far changed nothing, since their loss or gradient was no finite number
 * @param residentMiB physical memory that the process holds; 0 where the system does not tell
 */
public record StepReport(
        int step,
        int steps,
        double loss,
        Map<String, Double> branchLosses,
        double learningRate,
        double gradientNorm,
        double imagesPerSecond,
        double waitShare,
        int skipped,
        long residentMiB) {
    public StepReport {
        branchLosses = Collections.unmodifiableMap(new LinkedHashMap<>(branchLosses));
    }
}
