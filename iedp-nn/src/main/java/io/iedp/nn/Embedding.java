package io.iedp.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

/** A table of vectors. */
public record Embedding(NDArray weight) {
    /**
     * @param indices (B, N), whole numbers as 64-bit integers
     * @return (B, N, width)
     */
    public NDArray apply(NDArray indices) {
        Shape shape = indices.getShape();
        // Taking rows keeps the result with the indices' manager, and the gradient with the table.
        NDArray rows = weight.get(indices.getManager(), new ai.djl.ndarray.index.NDIndex("{}", indices.flatten()));
        return rows.reshape(shape.add(weight.getShape().get(1)));
    }
}
