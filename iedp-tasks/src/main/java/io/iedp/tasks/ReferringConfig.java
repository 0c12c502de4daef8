package io.iedp.tasks;

import io.iedp.api.config.Default;
import io.iedp.api.config.Doc;
import io.iedp.api.config.Range;
import java.util.List;

/** What an experiment file says about the task {@code referring-segmentation}. */
public record ReferringConfig(
        @Doc("Factors for the cross-entropy of the pixels that are not, and are, what the expression refers to.")
        @Default("[0.9, 1.1]")
        @Range(min = 0, max = 1e6)
        List<Double> classWeights,

        @Doc(
                "Edge of the square that pictures are resized to for prediction, in pixels, whatever their proportions; 0 leaves their size.")
        @Default("0")
        @Range(min = 0, max = 65536)
        int size,

        @Doc("How much of the overlay is the mask's colour: 0 is the photograph alone, 1 the colour alone.")
        @Default("0.5")
        @Range(min = 0, max = 1)
        double opacity) {
    public ReferringConfig {
        classWeights = List.copyOf(classWeights);
        if (classWeights.size() != 2 || classWeights.stream().allMatch(weight -> weight == 0)) {
            throw new IllegalArgumentException(
                    "class-weights is %s, but must be two numbers that are not both 0".formatted(classWeights));
        }
    }
}
