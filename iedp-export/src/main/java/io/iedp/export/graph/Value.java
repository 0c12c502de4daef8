package io.iedp.export.graph;

import ai.djl.ndarray.types.DataType;
import java.util.List;

/** What is known of an array before the graph runs. */
public record Value(List<Dimension> shape, DataType type) {
    public Value {
        shape = List.copyOf(shape);
    }
}
