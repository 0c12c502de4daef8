package io.iedp.tasks.loss;

import io.iedp.api.config.Default;
import io.iedp.api.config.Doc;
import io.iedp.api.config.Range;
import java.util.List;

/** What an experiment file says about the loss {@code tversky}. */
record TverskyConfig(
        @Doc("Factor of this loss in the sum.") @Default("1") @Range(min = 0, max = 1e6)
        double weight,

        @Doc("Factors for each class, in the order of the classes; empty for none.")
        @Default("[]")
        @Range(min = 0, max = 1e6)
        List<Double> classWeights,

        @Doc("What pixels count that are wrongly taken for a class.") @Default("0.3") @Range(min = 0, max = 100)
        double alpha,

        @Doc("What pixels of a class count that are taken for another.") @Default("0.7") @Range(min = 0, max = 100)
        double beta) {
    TverskyConfig {
        classWeights = List.copyOf(classWeights);
    }
}
