package io.iedp.tasks.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import io.iedp.api.data.Raster;
import io.iedp.api.loss.PixelLabels;
import io.iedp.api.loss.PixelLoss;
import io.iedp.api.nn.Kernels;
import java.util.List;
import java.util.Optional;

/**
 * Cross-entropy of the softmax, averaged over the pixels.
 *
 * @param classWeights a factor for each class; empty for none
 * @param averaging what the sum is divided by
 * @param hard which pixels count; all, if none
 */
public record CrossEntropy(Kernels kernels, List<Double> classWeights, Averaging averaging, Optional<HardPixels> hard)
        implements PixelLoss {
    /** What the sum over the pixels is divided by. */
    public enum Averaging {
        /** The pixels that are not ignored, each counted with the weight of its class: the mean of PyTorch. */
        VALID,
        /** The pixels that are not ignored: what mmsegmentation does with {@code avg_non_ignore}. */
        NON_IGNORED,
        /** All pixels, ignored ones too: what mmsegmentation 0.x does unless {@code avg_non_ignore} is set. */
        ALL
    }

    public CrossEntropy {
        classWeights = List.copyOf(classWeights);
    }

    /** That of all pixels. */
    public CrossEntropy(Kernels kernels, List<Double> classWeights, Averaging averaging) {
        this(kernels, classWeights, averaging, Optional.empty());
    }

    @Override
    public NDArray of(NDArray logits, PixelLabels pixels) {
        NDArray labels = pixels.array();
        if (hard.isPresent()) {
            NDArray each = each(logits, pixels);
            return weighted(each, labels, logits, hard.get().of(logits, pixels, each));
        }
        NDArray sum = kernels.crossEntropy(logits, labels, ClassWeights.array(logits, classWeights), Raster.IGNORE);
        return sum.div(divisor(labels, logits, Truth.counts(labels)));
    }

    /**
     * The loss with a factor for each pixel.
     *
     * @param weights (B, H, W)
     */
    public NDArray of(NDArray logits, PixelLabels pixels, NDArray weights) {
        return weighted(each(logits, pixels), pixels.array(), logits, weights);
    }

    private NDArray weighted(NDArray each, NDArray labels, NDArray logits, NDArray weights) {
        NDArray counts = Truth.counts(labels);
        NDArray divisor = averaging == Averaging.VALID
                ? divisor(labels, logits, counts.mul(weights))
                : divisor(labels, logits, counts);
        return each.mul(weights).sum().div(divisor);
    }

    /** The cross-entropy of each pixel times the weight of its class, (B, H, W); 0 where it is ignored. */
    private NDArray each(NDArray logits, PixelLabels pixels) {
        NDArray labels = pixels.array();
        NDArray counts = Truth.counts(labels);
        NDArray of = logits.logSoftmax(1)
                .gather(Truth.indices(labels, counts).expandDims(1), 1)
                .squeeze(1)
                .neg()
                .mul(counts);
        return classWeights.isEmpty() ? of : of.mul(weightOfEach(labels, logits, counts));
    }

    private NDArray weightOfEach(NDArray labels, NDArray logits, NDArray counts) {
        return ClassWeights.array(logits, classWeights).take(Truth.indices(labels, counts));
    }

    /**
     * @param counts (B, H, W), what each pixel counts
     */
    private NDArray divisor(NDArray labels, NDArray logits, NDArray counts) {
        if (averaging == Averaging.ALL) {
            return logits.getManager().create((float) labels.size());
        }
        NDArray sum = averaging == Averaging.VALID && !classWeights.isEmpty()
                ? weightOfEach(labels, logits, Truth.counts(labels)).mul(counts).sum()
                : counts.sum();
        return sum.add(sum.eq(0).toType(DataType.FLOAT32, false));
    }
}
