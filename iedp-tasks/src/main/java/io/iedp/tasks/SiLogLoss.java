package io.iedp.tasks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.types.DataType;

/**
 * The scale-invariant error of logarithms (Eigen, Puhrsch and Fergus, 2014) under a root, as VPD has it:
 * {@code sqrt(mean(d^2) - lambda mean(d)^2)} with {@code d = log(truth) - log(prediction)}, over the pixels with a
 * reading of all pictures together. Without one it is 0, and so it is, with no gradient, where the root has no slope.
 *
 * @param lambda 0 to 1
 * @param min what is not more is no reading, in metres
 */
public record SiLogLoss(double lambda, double min) {
    /** A variance that 32-bit floats do not tell from 0. */
    private static final float NOTHING = 1e-12f;

    /**
     * @param logPrediction logarithms of metres
     * @param truth metres, of the same shape
     * @return a scalar
     */
    public NDArray of(NDArray logPrediction, NDArray truth) {
        NDArray counts = truth.gt((float) min).logicalAnd(truth.lt(Float.POSITIVE_INFINITY));
        NDArray weights = counts.toType(DataType.FLOAT32, false);
        NDArray number = weights.sum().maximum(1);
        NDArray readings = NDArrays.where(counts, truth, truth.onesLike());
        NDArray difference = readings.log().sub(logPrediction);
        NDArray mean = difference.mul(weights).sum().div(number);
        // The same as mean(d^2) - lambda mean(d)^2, but it cannot fall below 0 by rounding.
        NDArray variance = difference.sub(mean).square().mul(weights).sum().div(number);
        NDArray square = variance.add(mean.square().mul((float) (1 - lambda)));
        return square.maximum(NOTHING).sqrt().mul(square.gt(NOTHING).toType(DataType.FLOAT32, false));
    }
}
