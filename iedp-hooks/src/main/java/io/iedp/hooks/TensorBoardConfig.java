package io.iedp.hooks;

import io.iedp.api.config.Default;
import io.iedp.api.config.Doc;
import io.iedp.api.config.Range;

/** Settings of {@link TensorBoard}. */
public record TensorBoardConfig(
        @Doc("Steps between two points of a curve.") @Default("10") @Range(min = 1, max = 1e9)
        int every,

        @Doc("Samples whose pictures are written at each evaluation, of those that the report shows.")
        @Default("4")
        @Range(min = 0, max = 1000)
        int samples) {}
