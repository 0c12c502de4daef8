package io.iedp.tasks.loss;

import io.iedp.api.config.Default;
import io.iedp.api.config.Doc;
import io.iedp.api.config.Range;
import java.util.List;
import java.util.Optional;

/** What an experiment file says about the loss {@code cross-entropy}. */
record CrossEntropyConfig(
        @Doc("Factor of this loss in the sum.") @Default("1") @Range(min = 0, max = 1e6)
        double weight,

        @Doc("Factors for each class, in the order of the classes; empty for none.")
        @Default("[]")
        @Range(min = 0, max = 1e6)
        List<Double> classWeights,

        @Doc(
                "What the sum over the pixels is divided by: valid is the pixels that are not ignored, each with the weight of its class, as PyTorch does; non-ignored those pixels, each alike, as mmsegmentation does with avg_non_ignore; all is every pixel, as mmsegmentation 0.x does by default.")
        @Default("valid")
        CrossEntropy.Averaging averaging,

        @Doc(
                "Whether each class is told from all others by itself, by a sigmoid, rather than all from each other by a softmax.")
        @Default("false")
        boolean sigmoid,

        @Doc("Counts only pixels that the model finds hard (OHEM); without it, all count.")
        Optional<HardPixels> ohem) {
    CrossEntropyConfig {
        classWeights = List.copyOf(classWeights);
        if (sigmoid && (!classWeights.isEmpty() || ohem.isPresent())) {
            throw new IllegalArgumentException("with sigmoid, there are neither class-weights nor ohem");
        }
        if (!classWeights.isEmpty() && classWeights.stream().allMatch(each -> each == 0)) {
            throw new IllegalArgumentException("class-weights are all 0, so there is nothing to learn from");
        }
    }
}
