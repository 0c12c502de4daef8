package io.iedp.api.task.inference;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.iedp.api.Experimental;
import io.iedp.api.data.Batch;
import io.iedp.api.nn.Kernels;
import io.iedp.api.task.ForwardPass;
import java.util.List;
import java.util.function.IntBinaryOperator;

/**
 * Predicts pictures at several sizes, and mirrored, and averages the probabilities, as mmsegmentation's test-time
 * augmentation does. All results come back at the pictures' own size, before a class is chosen.
 *
 * @param resize the largest long edge and the largest short edge that pictures are scaled to first, keeping their
 *     proportions; empty to leave them as they are
 * @param scales factors of that size
 * @param flip whether each size is also predicted mirrored
 */
@Experimental
public record Views(Kernels kernels, List<Integer> resize, List<Double> scales, boolean flip) {
    public Views {
        resize = List.copyOf(resize);
        scales = List.copyOf(scales);
    }

    /**
     * @param pass of logits, a new array each time: it is freed here
     * @param batch of pixels (B, 3, H, W)
     * @return (B, classes, H, W): logits if there is one view, probabilities if there are several
     */
    public NDArray infer(ForwardPass pass, Batch batch) {
        if (scales.size() == 1 && !flip) {
            return logits(pass, batch, scales.get(0));
        }
        NDArray sum = null;
        for (double scale : scales) {
            sum = add(sum, probabilities(pass, batch, scale));
            if (flip) {
                try (NDArray mirrored = batch.pixels().flip(3);
                        NDArray output = probabilities(pass, batch.withPixels(mirrored), scale)) {
                    sum = add(sum, output.flip(3));
                }
            }
        }
        return sum.divi(scales.size() * (flip ? 2 : 1));
    }

    /**
     * How many passes all views of a picture take.
     *
     * @param each how many one view takes, by its height and width
     */
    public int passes(int height, int width, IntBinaryOperator each) {
        int once = scales.stream()
                .map(scale -> size(height, width, scale))
                .mapToInt(size -> each.applyAsInt(size.height, size.width))
                .sum();
        return flip ? 2 * once : once;
    }

    private static NDArray add(NDArray sum, NDArray output) {
        if (sum == null) {
            return output;
        }
        try (output) {
            return sum.addi(output);
        }
    }

    private NDArray probabilities(ForwardPass pass, Batch batch, double scale) {
        try (NDArray logits = logits(pass, batch, scale)) {
            return logits.softmax(1);
        }
    }

    private NDArray logits(ForwardPass pass, Batch batch, double scale) {
        Shape shape = batch.pixels().getShape();
        int height = Math.toIntExact(shape.get(2));
        int width = Math.toIntExact(shape.get(3));
        Size size = size(height, width, scale);
        if (size.height == height && size.width == width) {
            return pass.of(batch);
        }
        try (NDArray pixels = kernels.resizeBilinear(batch.pixels(), size.height, size.width);
                NDArray logits = pass.of(batch.withPixels(pixels))) {
            return kernels.resizeBilinear(logits, height, width);
        }
    }

    /** Of a picture, in pixels. */
    public record Size(int height, int width) {}

    /** The size that mmcv scales a picture to: within both edges, with its proportions. */
    public Size size(int height, int width, double scale) {
        int longest = Math.max(height, width);
        int shortest = Math.min(height, width);
        int longEdge = (int) ((resize.isEmpty() ? longest : resize.get(0)) * scale);
        int shortEdge = (int) ((resize.isEmpty() ? shortest : resize.get(1)) * scale);
        double factor = Math.min(longEdge / (double) longest, shortEdge / (double) shortest);
        return new Size(Math.max(1, (int) (height * factor + 0.5)), Math.max(1, (int) (width * factor + 0.5)));
    }
}
