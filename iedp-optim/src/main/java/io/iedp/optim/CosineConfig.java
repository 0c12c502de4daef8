package io.iedp.optim;

import io.iedp.api.config.Default;
import io.iedp.api.config.Doc;
import io.iedp.api.config.Range;

/** Settings of {@link Cosine}. */
public record CosineConfig(
        @Doc("How often it falls, each time from the peak and over an equal part of the steps.")
        @Default("1")
        @Range(min = 1, max = 1e6)
        int cycles) {}
