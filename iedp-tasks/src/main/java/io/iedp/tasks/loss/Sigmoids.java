package io.iedp.tasks.loss;

import ai.djl.ndarray.NDArray;
import io.iedp.api.loss.PixelLabels;
import io.iedp.api.loss.PixelLoss;
import io.iedp.api.nn.Kernels;

/**
 * The binary cross-entropy of each class against all others.
 *
 * @param all whether the mean is over all pixels, ignored ones too
 */
record Sigmoids(Kernels kernels, boolean all) implements PixelLoss {
    @Override
    public NDArray of(NDArray logits, PixelLabels labels) {
        long classes = logits.getShape().get(1);
        NDArray counts = Truth.counts(labels.array());
        NDArray sum = kernels.binaryCrossEntropy(logits, Truth.oneHot(labels.array(), Math.toIntExact(classes)))
                .mul(counts.expandDims(1))
                .sum();
        return all ? sum.div(logits.size()) : sum.div(counts.sum().maximum(1).mul(classes));
    }
}
