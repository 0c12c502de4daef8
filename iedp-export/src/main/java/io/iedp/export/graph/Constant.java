package io.iedp.export.graph;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Optional;

/**
 * A parameter, or what was computed without the input.
 *
 * @param name of the parameter; others are numbered
 * @param array its values
 * @param expanded what the values are broadcast to, where they repeat as often as the size of the input says; the result has
 *     the {@link Value#shape} when it is reshaped to it
 */
public record Constant(String name, NDArray array, Optional<List<Dimension>> expanded) {
    /** Whether the values are all that there is. */
    public boolean isWhole() {
        return expanded.isEmpty();
    }
}
