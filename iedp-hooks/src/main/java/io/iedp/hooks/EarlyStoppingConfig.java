package io.iedp.hooks;

import io.iedp.api.config.Default;
import io.iedp.api.config.Doc;
import io.iedp.api.config.Range;

/** Settings of {@link EarlyStopping}. */
public record EarlyStoppingConfig(
        @Doc("Evaluations in a row without a better value, after which training ends.")
        @Default("5")
        @Range(min = 1, max = 1e6)
        int patience,

        @Doc("How much better a value must be to count as better, in the metric's own unit.")
        @Default("0")
        @Range(min = 0, max = 1e9)
        double margin) {}
