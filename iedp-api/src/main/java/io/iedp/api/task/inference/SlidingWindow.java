package io.iedp.api.task.inference;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.iedp.api.Experimental;
import io.iedp.api.data.Batch;
import io.iedp.api.task.ForwardPass;

/**
 * Windows at fixed steps, as in mmsegmentation's slide mode. The last window of a row or column is moved back inside
 * the picture, so all have one size.
 *
 * @param size edge of a window; 0 takes pictures whole
 */
@Experimental
public record SlidingWindow(int size, int stride) {
    /**
     * @param batch of pixels (B, 3, H, W)
     * @return (B, outputs, H, W)
     */
    public NDArray infer(ForwardPass pass, Batch batch) {
        if (size == 0) {
            return pass.of(batch);
        }
        Shape shape = batch.pixels().getShape();
        return Windows.average(
                pass, batch, size, starts(Math.toIntExact(shape.get(2))), starts(Math.toIntExact(shape.get(3))));
    }

    /** How many windows a picture of that size has. */
    public int passes(int height, int width) {
        return size == 0 ? 1 : starts(height).length * starts(width).length;
    }

    /** Where windows start along an edge of that length. */
    public int[] starts(int length) {
        int count = Math.max(length - size + stride - 1, 0) / stride + 1;
        int[] starts = new int[count];
        for (int i = 0; i < count; i++) {
            starts[i] = Math.max(Math.min(i * stride, length - size), 0);
        }
        return starts;
    }
}
