package io.iedp.api.loss;

import ai.djl.ndarray.NDArray;
import io.iedp.api.Experimental;
import io.iedp.api.data.Raster;
import java.util.BitSet;

/** The labels of a batch, for the losses of all its outputs. */
@Experimental
public final class PixelLabels {
    private final NDArray array;
    private int[] present;

    /**
     * @param array (B, H, W), class indices as floats, or {@link Raster#IGNORE}
     */
    public PixelLabels(NDArray array) {
        this.array = array;
    }

    /** (B, H, W), class indices as floats, or {@link Raster#IGNORE}. */
    public NDArray array() {
        return array;
    }

    /** The classes that occur, in ascending order; the array is looked at once. */
    public int[] present() {
        if (present == null) {
            BitSet found = new BitSet();
            for (float label : array.toFloatArray()) {
                if (label != Raster.IGNORE) {
                    found.set((int) label);
                }
            }
            present = found.stream().toArray();
        }
        return present.clone();
    }
}
