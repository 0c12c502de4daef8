package io.iedp.tasks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import io.iedp.api.data.Raster;
import java.util.stream.IntStream;

/** A loss of one class a pixel; pixels of {@link Raster#IGNORE} count for nothing, and without others it is 0. */
@FunctionalInterface
public interface PixelLoss {
    /**
     * @param logits (B, classes, H, W)
     * @param labels of the same pictures
     * @return a scalar
     */
    NDArray of(NDArray logits, PixelLabels labels);

    /** A loss of one class against all others. */
    @FunctionalInterface
    interface OneClass {
        /**
         * @param probability (N), of the class
         * @param truth (N), 1 where the class is and 0 elsewhere
         * @param counts (N), 0 where the pixel is ignored and 1 elsewhere
         * @return a scalar
         */
        NDArray of(NDArray probability, NDArray truth, NDArray counts);
    }

    /** The mean over the classes that the labels of the batch have. */
    static PixelLoss ofPresentClasses(OneClass loss) {
        return (logits, labels) -> {
            int[] present = labels.present();
            if (present.length == 0) {
                return logits.sum().mul(0);
            }
            // A slice a class, of one operation: its gradient is put together once, not once a class.
            NDList probabilities = logits.softmax(1).split(logits.getShape().get(1), 1);
            NDArray flat = labels.array().flatten();
            NDArray counts = flat.neq(Raster.IGNORE).toType(DataType.FLOAT32, false);
            return IntStream.of(present)
                    .mapToObj(c ->
                            loss.of(probabilities.get(c).flatten(), flat.eq(c).toType(DataType.FLOAT32, false), counts))
                    .reduce(NDArray::add)
                    .orElseThrow()
                    .div(present.length);
        };
    }
}
