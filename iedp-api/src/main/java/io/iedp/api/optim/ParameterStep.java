package io.iedp.api.optim;

import ai.djl.ndarray.NDArray;
import io.iedp.api.Experimental;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * One step of the parameters that share a learning rate and a weight decay, and that gradients have reached.
 *
 * @param entries one for each parameter; at least one
 * @param learningRate of this step
 * @param weightDecay of these parameters
 * @param momentum takes the place of the optimizer's own, the first of its betas or whatever it has of the kind, where the
 *     schedule moves it
 */
@Experimental
public record ParameterStep(List<Entry> entries, double learningRate, double weightDecay, OptionalDouble momentum) {
    public ParameterStep {
        entries = List.copyOf(entries);
    }

    /**
     * One parameter.
     *
     * @param parameter to be changed in place
     * @param gradient of its shape, clipped; it may be changed, since it is cleared after the step
     * @param state what {@link Optimizer#state} asks for, to be changed in place
     */
    public record Entry(NDArray parameter, NDArray gradient, Map<String, NDArray> state) {
        public Entry {
            state = Map.copyOf(state);
        }
    }

    /** The parameters, in the order of the entries. */
    public List<NDArray> parameters() {
        return entries.stream().map(Entry::parameter).toList();
    }

    /** The gradients, likewise. */
    public List<NDArray> gradients() {
        return entries.stream().map(Entry::gradient).toList();
    }

    /** What every parameter keeps under a name, likewise. */
    public List<NDArray> state(String name) {
        return entries.stream().map(entry -> entry.state().get(name)).toList();
    }
}
