package io.iedp.export.graph;

import java.util.List;

/** What an operation is given. */
public sealed interface Argument {
    /** The array of that number. */
    record Array(int id) implements Argument {}

    /** Several arrays, as of a concatenation. */
    record Arrays(List<Integer> ids) implements Argument {
        public Arrays {
            ids = List.copyOf(ids);
        }
    }

    /** Whole numbers: sizes, axes, steps. */
    record Whole(List<Dimension> values) implements Argument {
        public Whole {
            values = List.copyOf(values);
        }
    }

    /** What does not depend on the input: a number, a choice, a type. */
    record Fixed(Object value) implements Argument {}
}
