package io.iedp.tasks.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import io.iedp.api.data.Raster;

/** What labels say of each pixel. */
final class Truth {
    private Truth() {}

    /** (B, H, W): 0 where the pixel is ignored and 1 elsewhere. */
    static NDArray counts(NDArray labels) {
        return labels.neq(Raster.IGNORE).toType(DataType.FLOAT32, false);
    }

    /** (B, H, W), whole numbers; that of the first class where the pixel is ignored. */
    static NDArray indices(NDArray labels, NDArray counts) {
        return labels.mul(counts).toType(DataType.INT64, false);
    }

    /** (B, classes, H, W): 1 at the class of each pixel and 0 elsewhere; all 0 where the pixel is ignored. */
    static NDArray oneHot(NDArray labels, int classes) {
        NDArray all = labels.getManager().arange((float) classes).reshape(1, classes, 1, 1);
        return labels.expandDims(1).eq(all).toType(DataType.FLOAT32, false);
    }
}
