package io.iedp.conditioning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import io.iedp.api.data.Batch;
import io.iedp.api.guidance.GuidanceBranch;
import io.iedp.nn.Scopes;

/**
 * Guidance by one sequence that is the same for all samples.
 *
 * @param sequence (T, width); it may train
 */
record SharedGuidance(Use use, double lossWeight, NDArray sequence) implements GuidanceBranch {
    @Override
    public int tokens() {
        return Math.toIntExact(sequence.getShape().get(0));
    }

    /** Nothing but how many samples there are: zeros, (B, 1, 1). */
    @Override
    public NDList encode(Batch batch) {
        return new NDList(batch.pixels().getManager().zeros(new Shape(batch.size(), 1, 1)));
    }

    @Override
    public NDArray embed(NDList encoded) {
        return Scopes.keep(() -> encoded.head().add(sequence));
    }
}
