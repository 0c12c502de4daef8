package io.iedp.tasks.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import io.iedp.api.loss.PixelLabels;
import io.iedp.api.loss.PixelLoss;
import io.iedp.api.nn.Kernels;

/** Losses of whether a pixel is of class 1 rather than 0, for one output, or two of which the difference counts. */
final class TwoClasses {
    private static final float FAR = 1e30f;

    private TwoClasses() {}

    private static NDArray logits(NDArray outputs) {
        return outputs.getShape().get(1) == 1
                ? outputs.squeeze(1)
                : outputs.get(":, 1").sub(outputs.get(":, 0"));
    }

    /** The Lovász hinge (Berman, Rannen Triki and Blaschko, 2018) over the pixels of a batch together. */
    static NDArray hinge(NDArray outputs, PixelLabels labels) {
        if (labels.present().length == 0) {
            return outputs.sum().mul(0);
        }
        NDArray counts = Truth.counts(labels.array()).flatten();
        NDArray truth = labels.array().flatten().eq(1).toType(DataType.FLOAT32, false);
        NDArray errors =
                logits(outputs).flatten().mul(truth.mul(2).sub(1)).neg().add(1);
        // Ignored pixels come last, where they weigh nothing.
        NDArray order = errors.stopGradient()
                .mul(counts)
                .sub(counts.neg().add(1).mul(FAR))
                .argSort(0, false);
        NDArray lost = errors.maximum(0).mul(counts);
        return lost.gather(order, 0)
                .mul(LovaszSoftmax.slopes(truth.gather(order, 0)))
                .sum();
    }

    /**
     * The binary cross-entropy in which both classes weigh alike (Xu et al., PIDNet, 2023, section 3.4): the mean over all pixels,
     * each times the share of the other class.
     */
    static PixelLoss balanced(Kernels kernels) {
        return (outputs, labels) -> {
            NDArray truth = labels.array().eq(1).toType(DataType.FLOAT32, false);
            NDArray others = labels.array().eq(0).toType(DataType.FLOAT32, false);
            NDArray positive = truth.sum();
            NDArray negative = others.sum();
            NDArray all = positive.add(negative).maximum(1);
            NDArray weights = truth.mul(negative.div(all)).add(others.mul(positive.div(all)));
            return kernels.binaryCrossEntropy(logits(outputs), truth)
                    .mul(weights)
                    .mean();
        };
    }
}
