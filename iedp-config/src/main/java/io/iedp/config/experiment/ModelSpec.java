package io.iedp.config.experiment;

import io.iedp.config.experiment.Experiment.FurtherTask;
import io.iedp.config.experiment.Experiment.Precision;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The part of an experiment that says what the model is: all that a trained one needs to predict.
 *
 * @param seed of initial weights
 * @param device where to compute, as {@link Experiment#device}
 * @param precision number type of products in backbone and guidance
 * @param backbone the diffusion model that makes the features
 * @param guidance the branches that guide it, by name
 * @param head turns features into predictions
 * @param task what is predicted, and how it is judged
 * @param moreTasks further tasks by name, each with a head of its own
 */
public record ModelSpec(
        long seed,
        String device,
        Precision precision,
        Component backbone,
        Map<String, Component> guidance,
        Component head,
        Component task,
        Map<String, FurtherTask> moreTasks) {
    public ModelSpec {
        guidance = Collections.unmodifiableMap(new LinkedHashMap<>(guidance));
        moreTasks = Collections.unmodifiableMap(new LinkedHashMap<>(moreTasks));
    }

    /** The same on another device. */
    public ModelSpec on(String otherDevice) {
        return new ModelSpec(seed, otherDevice, precision, backbone, guidance, head, task, moreTasks);
    }

    /** The same with another number type. */
    public ModelSpec precision(Precision other) {
        return new ModelSpec(seed, device, other, backbone, guidance, head, task, moreTasks);
    }

    /** The same with some of the branches of guidance. */
    public ModelSpec guidedBy(Map<String, Component> some) {
        return new ModelSpec(seed, device, precision, backbone, some, head, task, moreTasks);
    }
}
