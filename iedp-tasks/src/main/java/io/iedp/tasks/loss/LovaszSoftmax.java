package io.iedp.tasks.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;

/**
 * The Lovász-Softmax loss (Berman, Rannen Triki and Blaschko, 2018): the convex extension of one minus the
 * intersection over union.
 */
final class LovaszSoftmax implements ByClass.OneClass {
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
     * Where the class is nowhere, the first wrong pixel costs all.
     *
     * @param truth (N), 1 where the class is, in the order of falling errors
     */
    static NDArray slopes(NDArray truth) {
        NDArray missed = truth.toType(DataType.INT64, false).cumSum(0);
        NDArray all = truth.sum();
        NDArray wrong = missed.onesLike().cumSum(0);
        NDArray union = wrong.sub(missed).toType(DataType.FLOAT32, false).add(all);
        NDArray intersection = missed.toType(DataType.FLOAT32, false).neg().add(all);
        NDArray before = union.sub(1).maximum(1);
        NDArray others = truth.neg().add(1);
        NDArray first = wrong.eq(1).logicalAnd(all.eq(0)).toType(DataType.FLOAT32, false);
        return truth.add(others.mul(intersection).div(before)).div(union).add(first);
    }
}
