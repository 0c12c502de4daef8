package io.iedp.optim;

import io.iedp.api.config.Default;
import io.iedp.api.config.Doc;
import io.iedp.api.config.Range;
import java.util.List;

/** Settings of {@link Lion}. */
public record LionConfig(
        @Doc("The share of the mean of gradients in the direction of a step, and what that mean keeps in each step.")
        @Default("[0.9, 0.99]")
        @Range(min = 0, max = 0.999999)
        List<Double> betas) {
    public LionConfig {
        betas = Betas.two(betas);
    }
}
