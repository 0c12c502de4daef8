package io.iedp.tasks.loss;

import io.iedp.api.config.Default;
import io.iedp.api.config.Doc;
import io.iedp.api.config.Range;
import java.util.List;

/** What an experiment file says about the loss {@code dice}. */
record DiceConfig(
        @Doc("Factor of this loss in the sum.") @Default("1") @Range(min = 0, max = 1e6)
        double weight,

        @Doc("Factors for each class, in the order of the classes; empty for none.")
        @Default("[]")
        @Range(min = 0, max = 1e6)
        List<Double> classWeights,

        @Doc("Exponent of the probabilities below the fraction.") @Default("2") @Range(min = 1, max = 10)
        double exponent) {
    DiceConfig {
        classWeights = List.copyOf(classWeights);
    }
}
