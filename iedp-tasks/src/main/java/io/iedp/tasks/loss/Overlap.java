package io.iedp.tasks.loss;

import ai.djl.ndarray.NDArray;
import io.iedp.api.loss.PixelLabels;
import io.iedp.api.loss.PixelLoss;
import java.util.List;

/**
 * The mean over classes and pictures of one minus how far probabilities and truth overlap.
 *
 * @param measure of the overlap
 * @param weights a factor for each class; empty for none
 */
record Overlap(Measure measure, List<Double> weights) implements PixelLoss {
    /** Added above and below, so that a class that is nowhere has an overlap of 1. */
    private static final double SMOOTH = 1;

    private static final int[] CELLS = {2, 3};

    /** How far probabilities and truth overlap. */
    interface Measure {
        /**
         * @param probability (B, classes, H, W)
         * @param truth (B, classes, H, W), 1 at the class of each pixel; all 0 where it is ignored
         * @param counts (B, 1, H, W), 0 where a pixel is ignored and 1 elsewhere
         * @return (B, classes), 1 for all
         */
        NDArray of(NDArray probability, NDArray truth, NDArray counts);
    }

    @Override
    public NDArray of(NDArray logits, PixelLabels labels) {
        if (labels.present().length == 0) {
            return logits.sum().mul(0);
        }
        int classes = Math.toIntExact(logits.getShape().get(1));
        NDArray counts = Truth.counts(labels.array()).expandDims(1);
        NDArray overlap = measure.of(logits.softmax(1), Truth.oneHot(labels.array(), classes), counts);
        return overlap.neg().add(1).mul(ClassWeights.array(logits, weights)).mean();
    }

    /**
     * Tversky's index (Salehi et al., 2017).
     *
     * @param alpha what pixels count that are taken for the class
     * @param beta what pixels count that are the class and not taken for it
     */
    static Measure tversky(double alpha, double beta) {
        return (probability, truth, counts) -> {
            NDArray both = probability.mul(truth).sum(CELLS);
            NDArray taken = probability.mul(truth.neg().add(1)).mul(counts).sum(CELLS);
            NDArray missed = probability.neg().add(1).mul(truth).sum(CELLS);
            NDArray all = both.add(taken.mul(alpha)).add(missed.mul(beta)).add(SMOOTH);
            return both.add(SMOOTH).div(all);
        };
    }

    /**
     * The Dice coefficient as mmsegmentation 0.x has it: below, ignored pixels count too, as those of the last class.
     *
     * @param exponent of the probabilities and the truth below
     */
    static Measure dice(double exponent) {
        return (probability, truth, counts) -> {
            NDArray both = probability.mul(truth).sum(CELLS);
            NDArray ignored = counts.neg().add(1).sum(CELLS);
            long classes = probability.getShape().get(1);
            NDArray last = probability
                    .getManager()
                    .arange((float) classes)
                    .eq(classes - 1)
                    .toType(ignored.getDataType(), false);
            NDArray sizes =
                    probability.pow(exponent).sum(CELLS).add(truth.sum(CELLS)).add(ignored.mul(last));
            return both.mul(2).add(SMOOTH).div(sizes.add(SMOOTH));
        };
    }
}
