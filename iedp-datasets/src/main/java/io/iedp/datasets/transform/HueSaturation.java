package io.iedp.datasets.transform;

import io.iedp.api.config.Default;
import io.iedp.api.config.Doc;
import io.iedp.api.config.Range;
import io.iedp.api.data.Sample;
import java.util.random.RandomGenerator;

/** Shifts hue, saturation and value of some samples, as albumentations' {@code HueSaturationValue} does. */
public record HueSaturation(HueSaturation.Config config) implements Occasional {
    public record Config(
            @Doc("Largest shift of the hue, in steps of two degrees.") @Default("20") @Range(min = 0, max = 90)
            double hue,

            @Doc("Largest shift of the saturation, of 255.") @Default("30") @Range(min = 0, max = 255)
            double saturation,

            @Doc("Largest shift of the value, of 255.") @Default("20") @Range(min = 0, max = 255)
            double value,

            @Doc("Share of the samples that are changed.") @Default("0.5") @Range(min = 0, max = 1)
            double probability) {}

    @Override
    public double probability() {
        return config.probability;
    }

    @Override
    public Sample change(Sample sample, RandomGenerator random) {
        double hue = Levels.spread(random, config.hue);
        double saturation = Levels.spread(random, config.saturation);
        double value = Levels.spread(random, config.value);
        byte[] pixels = sample.image().pixels().clone();
        Hsv.from(pixels);
        Hsv.change(
                pixels,
                Levels.table(old -> (old + hue + Hsv.HUES) % Hsv.HUES),
                Levels.table(old -> old + saturation),
                Levels.table(old -> old + value));
        Hsv.toRgb(pixels);
        return Levels.withPixels(sample, pixels);
    }
}
