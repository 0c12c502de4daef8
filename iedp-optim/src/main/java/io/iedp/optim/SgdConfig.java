package io.iedp.optim;

import io.iedp.api.config.Default;
import io.iedp.api.config.Doc;
import io.iedp.api.config.Range;

/** Settings of {@link Sgd}. */
public record SgdConfig(
        @Doc("What the sum of gradients that weights move by keeps in each step; 0 for the gradient alone.")
        @Default("0.9")
        @Range(min = 0, max = 0.999999)
        double momentum,

        @Doc("Whether a step looks ahead by the momentum (Nesterov, 1983).") @Default("false")
        boolean nesterov) {
    public SgdConfig {
        if (nesterov && momentum == 0) {
            throw new IllegalArgumentException("nesterov looks ahead by the momentum, but momentum is 0; 0.9 is usual");
        }
    }
}
