package io.iedp.optim;

import io.iedp.api.config.Default;
import io.iedp.api.config.Doc;
import io.iedp.api.config.Range;

/** Settings of {@link OneCycle}. */
public record OneCycleConfig(
        @Doc("How many epochs training has; the rise takes half of them, rounded down, and the fall as many.")
        @Default("25")
        @Range(min = 2, max = 1e6)
        int epochs,

        @Doc("The power of both.") @Default("0.9") @Range(min = 0.01, max = 100)
        double power) {}
