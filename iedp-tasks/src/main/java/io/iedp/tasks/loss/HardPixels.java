package io.iedp.tasks.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import io.iedp.api.config.Default;
import io.iedp.api.config.Doc;
import io.iedp.api.config.Range;
import io.iedp.api.loss.PixelLabels;
import java.util.Optional;

/** Online hard example mining (Shrivastava et al., 2016): only pixels that the model finds hard count. */
public record HardPixels(
        @Doc("Pixels count whose true class has a probability below this; without it, those of the greatest losses do.")
        @Range(min = 0, max = 1)
        Optional<Double> threshold,

        @Doc("At least so many pixels a picture count, over the batch together; without a threshold, so many do.")
        @Default("100000")
        @Range(min = 1, max = 1e9)
        int minKept) {
    /**
     * Which pixels count.
     *
     * @param each (B, H, W), their losses; 0 where a pixel is ignored
     * @return (B, H, W), 1 where it counts and 0 elsewhere
     */
    NDArray of(NDArray logits, PixelLabels pixels, NDArray each) {
        NDArray labels = pixels.array();
        NDArray counts = Truth.counts(labels);
        long valid = (long) counts.sum().getFloat();
        long kept = Math.min(minKept * labels.getShape().get(0), valid);
        if (kept == 0) {
            return counts;
        }
        return threshold.isPresent()
                ? unsure(logits.stopGradient(), labels, counts, Math.min(kept, valid - 1))
                : greatest(each.stopGradient(), counts, kept);
    }

    private NDArray unsure(NDArray logits, NDArray labels, NDArray counts, long kept) {
        NDArray sure = logits.softmax(1)
                .gather(Truth.indices(labels, counts).expandDims(1), 1)
                .squeeze(1);
        // Ignored pixels come last, behind all probabilities.
        NDArray sorted =
                sure.mul(counts).add(counts.neg().add(1).mul(2)).flatten().sort();
        double least = Math.max(threshold.orElseThrow(), sorted.getFloat(kept));
        return sure.lt(least).toType(DataType.FLOAT32, false).mul(counts);
    }

    private static NDArray greatest(NDArray each, NDArray counts, long kept) {
        NDArray sorted = each.sub(counts.neg().add(1)).flatten().sort();
        float least = sorted.getFloat(sorted.size() - kept);
        return each.gte(least).toType(DataType.FLOAT32, false).mul(counts);
    }
}
