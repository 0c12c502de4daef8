package io.iedp.conditioning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.iedp.api.nn.Kernels;
import io.iedp.nn.Scopes;
import io.iedp.nn.Slices;

/** Brings pictures to the size and the range that CLIP was trained with. */
public final class ClipPixels {
    private static final float[] MEAN = {0.48145466f, 0.4578275f, 0.40821073f};
    private static final float[] DEVIATION = {0.26862954f, 0.26130258f, 0.27577711f};

    /** The smallest of the three channels'. */
    public static final double SMALLEST_DEVIATION = DEVIATION[1];

    private final Kernels kernels;
    private final int size;
    private final Fit fit;
    private final NDArray mean;
    private final NDArray deviation;

    /**
     * @param constants where the constants live
     */
    public ClipPixels(Kernels kernels, NDManager constants, int size, Fit fit) {
        this.kernels = kernels;
        this.size = size;
        this.fit = fit;
        mean = constants.create(MEAN, new Shape(3, 1, 1));
        deviation = constants.create(DEVIATION, new Shape(3, 1, 1));
    }

    /**
     * @param pixels (B, 3, H, W) from 0 to 1
     * @return (B, 3, size, size), normalized
     */
    public NDArray apply(NDArray pixels) {
        return Scopes.keep(() -> {
            NDArray square = fit == Fit.SQUEEZE ? resize(pixels, size, size) : crop(pixels);
            return square.sub(mean).div(deviation);
        });
    }

    private NDArray crop(NDArray pixels) {
        int height = Math.toIntExact(pixels.getShape().get(2));
        int width = Math.toIntExact(pixels.getShape().get(3));
        int shorter = Math.min(height, width);
        int newHeight = (int) ((long) size * height / shorter);
        int newWidth = (int) ((long) size * width / shorter);
        int top = (int) Math.rint((newHeight - size) / 2.0);
        int left = (int) Math.rint((newWidth - size) / 2.0);
        return Slices.window(resize(pixels, newHeight, newWidth), top, top + size, left, left + size);
    }

    /** As CLIP's training did it: first along the rows, then along the columns, rounded to bytes after each. */
    private NDArray resize(NDArray pixels, int height, int width) {
        int before = Math.toIntExact(pixels.getShape().get(2));
        NDArray rows = bytes(kernels.resizeBicubic(bytes(pixels.mul(255)), before, width));
        return bytes(kernels.resizeBicubic(rows, height, width)).div(255);
    }

    private static NDArray bytes(NDArray pixels) {
        return pixels.clip(0, 255).add(0.5).floor();
    }
}
