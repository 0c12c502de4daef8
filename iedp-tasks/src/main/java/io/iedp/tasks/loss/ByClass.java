package io.iedp.tasks.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.iedp.api.loss.PixelLabels;
import io.iedp.api.loss.PixelLoss;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The mean over classes of a loss of one class against all others, over the pixels of a batch together.
 *
 * @param loss of one class
 * @param classes that count; those that occur, if none
 * @param weights a factor for each class; empty for none
 */
record ByClass(OneClass loss, Optional<List<Integer>> classes, List<Double> weights) implements PixelLoss {
    /** A loss of one class against all others. */
    @FunctionalInterface
    interface OneClass {
        /**
         * @param probability (N), of the class
         * @param truth (N), 1 where the class is and 0 elsewhere
         * @param counts (N), 0 where the pixel is ignored and 1 elsewhere
         * @return a scalar
         */
        NDArray of(NDArray probability, NDArray truth, NDArray counts);
    }

    static PixelLoss ofPresent(OneClass loss) {
        return new ByClass(loss, Optional.empty(), List.of());
    }

    @Override
    public NDArray of(NDArray logits, PixelLabels labels) {
        int[] present = labels.present();
        if (present.length == 0) {
            return logits.sum().mul(0);
        }
        int[] counted =
                classes.map(all -> all.stream().mapToInt(c -> c).toArray()).orElse(present);
        // A slice a class, of one operation: its gradient is put together once, not once a class.
        NDList probabilities = logits.softmax(1).split(logits.getShape().get(1), 1);
        NDArray truth = Truth.oneHot(labels.array(), probabilities.size());
        NDArray counts = Truth.counts(labels.array()).flatten();
        return IntStream.of(counted)
                .mapToObj(c -> loss.of(
                                probabilities.get(c).flatten(),
                                truth.get(":, {}", c).flatten(),
                                counts)
                        .mul(ClassWeights.of(weights, c)))
                .reduce(NDArray::add)
                .orElseThrow()
                .div(counted.length);
    }
}
