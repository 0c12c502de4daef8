package io.iedp.api.task.inference;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import io.iedp.api.data.Batch;
import io.iedp.api.task.ForwardPass;

/** Predicts pictures in windows and averages where they overlap; what a window needs is freed before the next. */
final class Windows {
    private Windows() {}

    /**
     * @param pass gives a new array each time, which is freed here
     * @param batch of pixels (B, 3, H, W)
     * @param size edge of a window; one that is longer than the picture ends with it
     * @param tops where windows begin, in rows; together they must cover the picture
     * @param lefts likewise in columns
     * @return (B, outputs, H, W)
     */
    static NDArray average(ForwardPass pass, Batch batch, int size, int[] tops, int[] lefts) {
        if (tops.length == 1 && lefts.length == 1) {
            return pass.of(batch);
        }
        NDArray pixels = batch.pixels();
        Shape shape = pixels.getShape();
        int height = Math.toIntExact(shape.get(2));
        int width = Math.toIntExact(shape.get(3));
        NDArray sum = null;
        float[] counts = new float[height * width];
        for (int top : tops) {
            for (int left : lefts) {
                int bottom = Math.min(top + size, height);
                int right = Math.min(left + size, width);
                NDIndex inside =
                        new NDIndex().addAllDim(2).addSliceDim(top, bottom).addSliceDim(left, right);
                try (NDArray part = pixels.get(inside);
                        NDArray output = pass.of(batch.withPixels(part))) {
                    if (sum == null) {
                        long outputs = output.getShape().get(1);
                        sum = pixels.getManager().zeros(new Shape(shape.get(0), outputs, height, width));
                    }
                    try (NDArray place = sum.get(inside)) {
                        place.addi(output);
                    }
                }
                for (int y = top; y < bottom; y++) {
                    for (int x = left; x < right; x++) {
                        counts[y * width + x]++;
                    }
                }
            }
        }
        try (NDArray divisor = pixels.getManager().create(counts, new Shape(1, 1, height, width))) {
            return sum.divi(divisor);
        }
    }
}
