package io.iedp.api.optim;

import ai.djl.ndarray.types.Shape;
import io.iedp.api.Experimental;
import java.util.Map;

/**
 * Changes parameters by their gradients. The host gathers and clips the gradients, makes the arrays of the {@link #state},
 * saves them in checkpoints and brings them back, so an optimizer keeps nothing of its own between two steps. A step whose
 * gradients are no finite numbers never reaches it.
 */
@Experimental
public interface Optimizer {
    /**
     * What is kept of a parameter from step to step, by names without dots: the shapes of arrays of 32-bit floats. They are all
     * zeros before the first step. The names are part of those in checkpoints.
     *
     * @param parameter the shape of the parameter
     */
    Map<String, Shape> state(Shape parameter);

    /**
     * Makes one step in place of parameters that share their settings. Gradients are not recorded meanwhile, so the in-place
     * operations of {@link ai.djl.ndarray.NDArray} can be used as well as those of {@link OptimizerKernels}; other results
     * go with the step.
     */
    void step(ParameterStep step);
}
