package io.iedp.verify.tasks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.iedp.api.data.Raster;

/** Recorded arrays in the form that metrics take. */
final class Rasters {
    private Rasters() {}

    /**
     * @param array (H, W) of whatever type
     */
    static Raster of(NDArray array) {
        Shape shape = array.getShape();
        return Raster.labels(
                Math.toIntExact(shape.get(1)),
                Math.toIntExact(shape.get(0)),
                array.toType(DataType.FLOAT32, true).toFloatArray());
    }
}
