package io.iedp.datasets.transform;

import io.iedp.api.config.Default;
import io.iedp.api.config.Doc;
import io.iedp.api.config.Range;
import io.iedp.api.data.Sample;
import io.iedp.api.data.Transform;
import java.util.random.RandomGenerator;

/** Makes a sample larger or smaller, at the same shape, by a factor drawn evenly from a range. */
public record RandomScale(RandomScale.Config config) implements Transform {
    public record Config(
            @Doc("Smallest factor.") @Default("0.5") @Range(min = 0.01, max = 100)
            double min,

            @Doc("Largest factor.") @Default("2.0") @Range(min = 0.01, max = 100)
            double max) {
        public Config {
            if (min > max) {
                throw new IllegalArgumentException("min is %s, but max is only %s".formatted(min, max));
            }
        }
    }

    @Override
    public Sample apply(Sample sample, RandomGenerator random) {
        double factor = config.min + random.nextDouble() * (config.max - config.min);
        return Resampling.resize(
                sample,
                Math.max(1, (int) Math.round(sample.image().width() * factor)),
                Math.max(1, (int) Math.round(sample.image().height() * factor)),
                Resampling.AVERAGED);
    }
}
