package io.iedp.datasets.transform;

import io.iedp.api.config.Default;
import io.iedp.api.config.Doc;
import io.iedp.api.config.Range;
import io.iedp.api.data.Sample;
import java.util.random.RandomGenerator;

/** Makes some samples darker or lighter in the middle, as albumentations' {@code RandomGamma} does. */
public record Gamma(Gamma.Config config) implements Occasional {
    public record Config(
            @Doc("Smallest exponent.") @Default("0.8") @Range(min = 0.01, max = 100)
            double min,

            @Doc("Largest exponent.") @Default("1.2") @Range(min = 0.01, max = 100)
            double max,

            @Doc("Share of the samples that are changed.") @Default("0.5") @Range(min = 0, max = 1)
            double probability) {
        public Config {
            if (min > max) {
                throw new IllegalArgumentException("min is %s, but max is only %s".formatted(min, max));
            }
        }
    }

    @Override
    public double probability() {
        return config.probability;
    }

    @Override
    public Sample change(Sample sample, RandomGenerator random) {
        double gamma = config.min + random.nextDouble() * (config.max - config.min);
        byte[] pixels = sample.image().pixels().clone();
        Levels.apply(Levels.table(value -> 255 * Math.pow(value / 255.0, gamma)), pixels);
        return Levels.withPixels(sample, pixels);
    }
}
