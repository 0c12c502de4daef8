package io.iedp.optim;

import io.iedp.api.config.Default;
import io.iedp.api.config.Doc;
import io.iedp.api.config.Range;

/** Settings of {@link OneCycle}. */
public record OneCycleConfig(
        @Doc("Parts of the training, of which the rise takes half, rounded down, and the fall as many; VPD's epochs.")
        @Default("25")
        @Range(min = 2, max = 1e6)
        int epochs) {}
