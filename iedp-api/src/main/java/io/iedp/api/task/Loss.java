package io.iedp.api.task;

import ai.djl.ndarray.NDArray;

/** The training loss of outputs of one batch. */
@FunctionalInterface
public interface Loss {
    /**
     * @param output (B, outputs, h, w), of the head; of the same part of the scene as the batch's targets
     * @return a scalar
     */
    NDArray of(NDArray output);

    /**
     * That of an auxiliary output of the head. The default is the same.
     *
     * @param output as for {@link #of}
     * @return a scalar, before the output's own weight
     */
    default NDArray ofAuxiliary(NDArray output) {
        return of(output);
    }
}
