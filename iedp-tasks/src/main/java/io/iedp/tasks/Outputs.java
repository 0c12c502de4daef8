package io.iedp.tasks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import io.iedp.api.data.Raster;
import io.iedp.api.nn.Kernels;

/** From a head's output to what is compared with the truth. */
final class Outputs {
    private Outputs() {}

    /**
     * Brings an output to the size of its target.
     *
     * @param output (B, C, h, w)
     * @param target (B, H, W)
     * @return (B, C, H, W)
     */
    static NDArray sized(Kernels kernels, NDArray output, NDArray target) {
        return kernels.resizeBilinear(
                output,
                Math.toIntExact(target.getShape().get(1)),
                Math.toIntExact(target.getShape().get(2)));
    }

    /**
     * The best class of each pixel.
     *
     * @param output (classes, H, W)
     */
    static Raster best(NDArray output) {
        int height = Math.toIntExact(output.getShape().get(1));
        int width = Math.toIntExact(output.getShape().get(2));
        try (NDArray best = output.argMax(0);
                NDArray labels = best.toType(DataType.FLOAT32, false)) {
            return Raster.labels(width, height, labels.toFloatArray());
        }
    }
}
