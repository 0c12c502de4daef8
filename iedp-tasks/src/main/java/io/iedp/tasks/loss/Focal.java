package io.iedp.tasks.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.iedp.api.loss.PixelLabels;
import io.iedp.api.loss.PixelLoss;
import io.iedp.api.nn.Kernels;
import java.util.Collections;
import java.util.List;

/**
 * The focal loss (Lin et al., 2017) of the sigmoid of each class: {@code (1 - p)^gamma} times the cross-entropy. As in
 * mmsegmentation, the mean is over all pixels and classes, ignored ones too.
 *
 * @param alpha the share of what a class gives against all others: one for all classes, or one for each
 * @param weights a factor for each class; empty for none
 * @param sum whether the loss is the sum in the place of the mean
 */
record Focal(Kernels kernels, double gamma, List<Double> alpha, List<Double> weights, boolean sum)
        implements PixelLoss {
    /** What is exactly right has no root that a gradient passes through. */
    private static final double LEAST = 1e-12;

    @Override
    public NDArray of(NDArray logits, PixelLabels labels) {
        int classes = Math.toIntExact(logits.getShape().get(1));
        NDArray truth = Truth.oneHot(labels.array(), classes);
        NDArray others = truth.neg().add(1);
        NDArray sure = kernels.sigmoid(logits);
        NDArray wrong = sure.neg().add(1).mul(truth).add(sure.mul(others)).maximum(LEAST);
        NDArray share = byClass(ClassWeights.array(logits, each(classes)));
        NDArray balance = share.mul(truth).add(share.neg().add(1).mul(others));
        NDArray loss = kernels.binaryCrossEntropy(logits, truth)
                .mul(balance.mul(wrong.pow(gamma)))
                .mul(byClass(ClassWeights.array(logits, weights)))
                .mul(Truth.counts(labels.array()).expandDims(1));
        return sum ? loss.sum() : loss.mean();
    }

    private List<Double> each(int classes) {
        return alpha.size() == 1 ? Collections.nCopies(classes, alpha.get(0)) : alpha;
    }

    private static NDArray byClass(NDArray factors) {
        return factors.reshape(new Shape(1, factors.size(), 1, 1));
    }
}
