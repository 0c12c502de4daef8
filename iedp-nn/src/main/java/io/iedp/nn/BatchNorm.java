package io.iedp.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.iedp.api.UserException;
import io.iedp.api.nn.Kernels;

/** Batch normalization of (B, C, H, W) over all axes but C. */
public record BatchNorm(Kernels kernels, NDArray weight, NDArray bias, NDArray mean, NDArray variance) {
    private static final double MOMENTUM = 0.1;
    private static final double EPSILON = 1e-5;

    /**
     * @param training whether the batch's own statistics are used, and added to the running ones
     * @throws UserException in training, if there is but one value a channel, which has no variance
     */
    public NDArray apply(NDArray x, boolean training) {
        Shape shape = x.getShape();
        if (training && shape.size() == shape.get(1)) {
            throw new UserException(
                    ("A batch normalization of %s channels has one value a channel to learn from, but needs two or more: "
                                    + "train on more samples a step, or on larger pictures.")
                            .formatted(shape.get(1)));
        }
        return kernels.batchNorm(x, weight, bias, mean, variance, training, MOMENTUM, EPSILON);
    }
}
