package io.iedp.tasks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;

/**
 * The Lovász-Softmax loss (Berman, Rannen Triki and Blaschko, 2018): the convex extension of one minus the
 * intersection over union. It is taken over all pixels of a batch together, as the metric is, and averaged over
 * the classes that occur in the labels.
 */
final class LovaszSoftmax implements PixelLoss.OneClass {
    @Override
    public NDArray of(NDArray probability, NDArray truth, NDArray counts) {
        NDArray errors = truth.sub(probability).abs().mul(counts);
        NDArray order = errors.argSort(0, false);
        return errors.gather(order, 0).mul(slopes(truth.gather(order, 0))).sum();
    }

    /**
     * What each error weighs: by how much the loss of the intersection over union grows when the pixel is wrong too
     * (algorithm 1). One more wrong pixel of the class takes it out of the intersection: 1 / union; another one joins the
     * union: intersection / union - intersection / (union + 1). In this form, no two near numbers are subtracted.
     *
     * @param truth (N), 1 where the class is, in the order of falling errors
     */
    private static NDArray slopes(NDArray truth) {
        NDArray missed = truth.toType(DataType.INT64, false).cumSum(0);
        NDArray all = truth.sum();
        NDArray wrong = missed.onesLike().cumSum(0);
        NDArray union = wrong.sub(missed).toType(DataType.FLOAT32, false).add(all);
        NDArray intersection = missed.toType(DataType.FLOAT32, false).neg().add(all);
        NDArray before = union.sub(1).maximum(1);
        NDArray others = truth.neg().add(1);
        return truth.add(others.mul(intersection).div(before)).div(union);
    }
}
