package io.iedp.tasks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import io.iedp.api.data.Batch;
import io.iedp.api.task.Predictor;

/**
 * Predicts a picture window by window and averages where windows overlap. The last window of a row or
 * column is moved back inside the picture, so all have one size.
 *
 * @param size edge of a window; 0 takes pictures whole
 */
record SlidingWindow(int size, int stride) {
    /**
     * @param batch of pixels (B, 3, H, W)
     * @return (B, outputs, H, W)
     */
    NDArray infer(Predictor predictor, Batch batch) {
        NDArray pixels = batch.pixels();
        Shape shape = pixels.getShape();
        int height = Math.toIntExact(shape.get(2));
        int width = Math.toIntExact(shape.get(3));
        if (size == 0 || height <= size && width <= size) {
            return predictor.predict(batch);
        }
        int[] tops = starts(height);
        int[] lefts = starts(width);
        NDArray sum = null;
        float[] counts = new float[height * width];
        for (int top : tops) {
            for (int left : lefts) {
                int bottom = Math.min(top + size, height);
                int right = Math.min(left + size, width);
                String inside = ":, :, %d:%d, %d:%d".formatted(top, bottom, left, right);
                sum = add(sum, predictor, batch, inside);
                for (int y = top; y < bottom; y++) {
                    for (int x = left; x < right; x++) {
                        counts[y * width + x]++;
                    }
                }
            }
        }
        return sum.divi(pixels.getManager().create(counts, new Shape(1, 1, height, width)));
    }

    private static NDArray add(NDArray sum, Predictor predictor, Batch batch, String inside) {
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            NDArray pixels = batch.pixels();
            NDArray output = predictor.predict(batch.withPixels(pixels.get(inside)));
            NDArray target = sum;
            if (target == null) {
                Shape size = pixels.getShape();
                target = pixels.getManager()
                        .zeros(new Shape(size.get(0), output.getShape().get(1), size.get(2), size.get(3)));
                NDScope.unregister(target);
            }
            target.get(inside).addi(output);
            return target;
        }
    }

    /** Where windows start along an edge of that length. */
    int[] starts(int length) {
        int count = Math.max(length - size + stride - 1, 0) / stride + 1;
        int[] starts = new int[count];
        for (int i = 0; i < count; i++) {
            starts[i] = Math.max(Math.min(i * stride, length - size), 0);
        }
        return starts;
    }
}
