package io.iedp.optim;

import io.iedp.api.config.Default;
import io.iedp.api.config.Doc;
import io.iedp.api.config.Range;

/** Settings of {@link TorchOneCycle}. */
public record TorchOneCycleConfig(
        @Doc("Share of the steps in which the learning rate rises.") @Default("0.3") @Range(min = 0, max = 1)
        double pctStart,

        @Doc("The first learning rate is the peak divided by it.") @Default("25") @Range(min = 1, max = 1e9)
        double divFactor,

        @Doc("The last learning rate is the first divided by it.") @Default("1e4") @Range(min = 1, max = 1e9)
        double finalDivFactor,

        @Doc(
                "Whether the optimizer's momentum, or the first of its betas, falls from 0.95 to 0.85 while the learning rate "
                        + "rises, and rises again. An optimizer without momentum stays so.")
        @Default("true")
        boolean cycleMomentum) {}
