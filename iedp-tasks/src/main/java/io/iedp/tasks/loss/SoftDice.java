package io.iedp.tasks.loss;

import ai.djl.ndarray.NDArray;

/**
 * One minus the Dice coefficient of the probabilities, with squares in the denominator (Milletari, Navab and Ahmadi,
 * 2016): {@code 1 - 2 sum(p t) / (sum(p^2) + sum(t^2))}, over all pixels of a batch together.
 */
final class SoftDice implements ByClass.OneClass {
    @Override
    public NDArray of(NDArray probability, NDArray truth, NDArray counts) {
        NDArray counted = probability.mul(counts);
        NDArray both = counted.mul(truth).sum().mul(-2);
        return both.div(counted.square().sum().add(truth.sum())).add(1);
    }
}
