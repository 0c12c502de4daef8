package io.iedp.tasks.loss;

import io.iedp.api.config.Default;
import io.iedp.api.config.Doc;
import io.iedp.api.config.Range;

/** What an experiment file says about the loss {@code soft-dice} or {@code boundary}. */
record WeightConfig(
        @Doc("Factor of this loss in the sum.") @Default("1") @Range(min = 0, max = 1e6)
        double weight) {}
