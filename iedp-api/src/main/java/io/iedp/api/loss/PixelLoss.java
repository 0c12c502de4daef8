package io.iedp.api.loss;

import ai.djl.ndarray.NDArray;
import io.iedp.api.Experimental;
import io.iedp.api.data.Raster;

/** A loss of one class a pixel; pixels of {@link Raster#IGNORE} count for nothing, and without others it is 0. */
@Experimental
@FunctionalInterface
public interface PixelLoss {
    /**
     * @param logits (B, classes, H, W)
     * @param labels of the same pictures
     * @return a scalar
     */
    NDArray of(NDArray logits, PixelLabels labels);
}
