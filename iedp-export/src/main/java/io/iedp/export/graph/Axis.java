package io.iedp.export.graph;

/** Sizes that are known only when a graph runs. */
public enum Axis {
    /** Pictures. */
    BATCH,
    /** Rows of the input. */
    HEIGHT,
    /** Columns of the input. */
    WIDTH
}
