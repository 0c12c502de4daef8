package io.iedp.launcher.engine;

import java.util.Map;

/**
 * One training step, for logs.
 *
 * @param step number of steps made, this one included
 * @param steps number of steps in all
 * @param loss the weighted sum over the branches
 * @param branchLosses the loss of each branch
 * @param learningRate the rate of the step
 * @param gradientNorm the norm of all gradients before clipping
 * @param imagesPerSecond over the run so far
 * @param waitShare the share of the time so far that was spent in waiting for data
 */
public record StepReport(
        int step,
        int steps,
        double loss,
        Map<String, Double> branchLosses,
        double learningRate,
        double gradientNorm,
        double imagesPerSecond,
        double waitShare) {}
