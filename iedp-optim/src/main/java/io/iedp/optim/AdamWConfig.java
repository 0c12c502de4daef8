package io.iedp.optim;

import io.iedp.api.config.Default;
import io.iedp.api.config.Doc;
import io.iedp.api.config.Range;
import java.util.List;

/** Settings of {@link AdamW}. */
public record AdamWConfig(
        @Doc("What the means of the gradients and of their squares keep in each step.")
        @Default("[0.9, 0.999]")
        @Range(min = 0, max = 0.999999)
        List<Double> betas,

        @Doc("Is added to the root of the mean of squares, which may be 0.")
        @Default("1e-8")
        @Range(min = 1e-16, max = 1)
        double epsilon) {
    public AdamWConfig {
        betas = Betas.two(betas);
    }
}
