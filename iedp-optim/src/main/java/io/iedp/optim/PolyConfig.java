package io.iedp.optim;

import io.iedp.api.config.Default;
import io.iedp.api.config.Doc;
import io.iedp.api.config.Range;

/** Settings of a schedule that falls as a power. */
public record PolyConfig(
        @Doc("The power of the share that is left: 1 falls linearly, less stays high for longer, more falls sooner.")
        @Default("1")
        @Range(min = 0.01, max = 100)
        double power) {}
