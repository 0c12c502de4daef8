package io.iedp.serve.work;

import io.iedp.engine.PredictedClass;
import io.iedp.engine.TaskPrediction;
import java.util.List;

/**
 * What a task of a model predicts.
 *
 * @param name {@code main}, or what the experiment calls it
 * @param quantity as in {@code class} or {@code depth}; empty when the task does not say
 * @param unit as in {@code m}; empty for numbers without one
 * @param channels values of a pixel
 * @param classes that the values are indices of; empty for other quantities
 */
public record TaskInfo(String name, String quantity, String unit, int channels, List<PredictedClass> classes) {
    private static final int MOST_OF_A_BYTE = 255;

    public TaskInfo {
        classes = List.copyOf(classes);
    }

    static TaskInfo of(TaskPrediction prediction) {
        return new TaskInfo(
                prediction.name(),
                prediction.quantity(),
                prediction.unit(),
                prediction.channels(),
                prediction.classes());
    }

    public boolean hasClasses() {
        return !classes.isEmpty();
    }

    /** Whether a value fits into a byte, beside 255 for a pixel of which nothing is predicted. */
    public boolean fitsBytes() {
        return hasClasses() && classes.size() <= MOST_OF_A_BYTE && channels == 1;
    }
}
