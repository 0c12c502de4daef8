package io.iedp.tasks.loss;

import io.iedp.api.config.Default;
import io.iedp.api.config.Doc;
import io.iedp.api.config.NotEmpty;
import io.iedp.api.config.Range;
import java.util.List;

/** What an experiment file says about the loss {@code focal}. */
record FocalConfig(
        @Doc("Factor of this loss in the sum.") @Default("1") @Range(min = 0, max = 1e6)
        double weight,

        @Doc("Factors for each class, in the order of the classes; empty for none.")
        @Default("[]")
        @Range(min = 0, max = 1e6)
        List<Double> classWeights,

        @Doc("Exponent of how wrong a pixel is; 0 is a plain cross-entropy.") @Default("2") @Range(min = 0, max = 100)
        double gamma,

        @Doc("The share of a class against all others: one number for all classes, or one for each.")
        @Default("[0.5]")
        @NotEmpty
        @Range(min = 0, max = 1)
        List<Double> alpha,

        @Doc("Whether the loss is the sum over pixels and classes in the place of the mean.") @Default("false")
        boolean sum) {
    FocalConfig {
        classWeights = List.copyOf(classWeights);
        alpha = List.copyOf(alpha);
    }
}
