package io.iedp.tasks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.iedp.api.data.Raster;
import io.iedp.api.nn.Kernels;
import java.util.List;

/**
 * Cross-entropy of the softmax, averaged over the pixels.
 *
 * @param classWeights a factor for each class; empty for none
 * @param averaging what the sum is divided by
 */
public record CrossEntropy(Kernels kernels, List<Double> classWeights, Averaging averaging) implements PixelLoss {
    /** What the sum over the pixels is divided by. */
    public enum Averaging {
        /** The pixels that are not ignored, each counted with the weight of its class: the mean of PyTorch. */
        VALID,
        /** All pixels, ignored ones too: what mmsegmentation 0.x does unless {@code avg_non_ignore} is set. */
        ALL
    }

    public CrossEntropy {
        classWeights = List.copyOf(classWeights);
    }

    @Override
    public NDArray of(NDArray logits, PixelLabels pixels) {
        NDArray labels = pixels.array();
        NDArray weights = weights(logits);
        NDArray sum = kernels.crossEntropy(logits, labels, weights, Raster.IGNORE);
        if (averaging == Averaging.ALL) {
            return sum.div(labels.size());
        }
        NDArray counts = labels.neq(Raster.IGNORE).toType(DataType.FLOAT32, false);
        NDArray divisor = classWeights.isEmpty()
                ? counts.sum()
                : weights.take(labels.mul(counts).toType(DataType.INT64, false))
                        .mul(counts)
                        .sum();
        return sum.div(divisor.add(divisor.eq(0).toType(DataType.FLOAT32, false)));
    }

    private NDArray weights(NDArray logits) {
        Shape classes = new Shape(logits.getShape().get(1));
        if (classWeights.isEmpty()) {
            return logits.getManager().ones(classes);
        }
        float[] values = new float[classWeights.size()];
        for (int c = 0; c < values.length; c++) {
            values[c] = classWeights.get(c).floatValue();
        }
        return logits.getManager().create(values, classes);
    }
}
