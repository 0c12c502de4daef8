package io.iedp.datasets.transform;

import io.iedp.api.config.Default;
import io.iedp.api.config.Doc;
import io.iedp.api.config.Range;
import io.iedp.api.data.Sample;
import java.util.random.RandomGenerator;

/** Changes contrast and brightness of some samples, as albumentations' {@code RandomBrightnessContrast} does. */
public record BrightnessContrast(BrightnessContrast.Config config) implements Occasional {
    public record Config(
            @Doc("Largest change of brightness, as a share of white.") @Default("0.2") @Range(min = 0, max = 1)
            double brightness,

            @Doc("Largest change of contrast, as a factor's distance from 1.") @Default("0.2") @Range(min = 0, max = 1)
            double contrast,

            @Doc("Share of the samples that are changed.") @Default("0.5") @Range(min = 0, max = 1)
            double probability) {}

    @Override
    public double probability() {
        return config.probability;
    }

    @Override
    public Sample change(Sample sample, RandomGenerator random) {
        float factor = (float) (1 + Levels.spread(random, config.contrast));
        float add = (float) (255 * Levels.spread(random, config.brightness));
        byte[] pixels = sample.image().pixels().clone();
        Levels.apply(Levels.table(value -> value * factor + add), pixels);
        return Levels.withPixels(sample, pixels);
    }
}
