package io.iedp.optim;

import io.iedp.api.config.Default;
import io.iedp.api.config.Doc;
import io.iedp.api.config.Range;

/** Settings of {@link CosineRestarts}. */
public record CosineRestartsConfig(
        @Doc("How often the learning rate falls, over equal parts of the training.")
        @Default("3")
        @Range(min = 1, max = 1e6)
        int cycles) {}
