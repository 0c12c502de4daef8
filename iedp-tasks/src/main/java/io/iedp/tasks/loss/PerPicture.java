package io.iedp.tasks.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.iedp.api.loss.PixelLabels;
import io.iedp.api.loss.PixelLoss;
import java.util.stream.IntStream;

/** The mean of a loss over the pictures of a batch, each by itself. */
record PerPicture(PixelLoss loss) implements PixelLoss {
    @Override
    public NDArray of(NDArray logits, PixelLabels labels) {
        long pictures = logits.getShape().get(0);
        NDList own = logits.split(pictures);
        NDList truth = labels.array().split(pictures);
        return IntStream.range(0, own.size())
                .mapToObj(i -> loss.of(own.get(i), new PixelLabels(truth.get(i))))
                .reduce(NDArray::add)
                .orElseThrow()
                .div(pictures);
    }
}
