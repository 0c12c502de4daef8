package io.iedp.datasets.transform;

import io.iedp.api.config.Default;
import io.iedp.api.config.Doc;
import io.iedp.api.config.Range;
import io.iedp.api.data.Sample;
import io.iedp.api.data.Transform;
import java.util.random.RandomGenerator;

/**
 * mmsegmentation's {@code PhotoMetricDistortion}, to the bit: brightness, contrast (here or at the end), saturation,
 * hue, each for one half of the samples, with 8 bits a channel in between, and OpenCV's 8-bit hue.
 */
public record PhotometricDistortion(PhotometricDistortion.Config config) implements Transform {
    public record Config(
            @Doc("Largest change of brightness, of 255.") @Default("32") @Range(min = 0, max = 255)
            double brightness,

            @Doc("Smallest factor of contrast.") @Default("0.5") @Range(min = 0, max = 10)
            double minContrast,

            @Doc("Largest factor of contrast.") @Default("1.5") @Range(min = 0, max = 10)
            double maxContrast,

            @Doc("Smallest factor of saturation.") @Default("0.5") @Range(min = 0, max = 10)
            double minSaturation,

            @Doc("Largest factor of saturation.") @Default("1.5") @Range(min = 0, max = 10)
            double maxSaturation,

            @Doc(
                    "Largest turn of the hue, in steps of two degrees; the turn is a whole number of them, and less than this"
                            + " to the one side.")
            @Default("18")
            @Range(min = 0, max = 90)
            int hue) {
        public Config {
            if (minContrast > maxContrast) {
                throw new IllegalArgumentException(
                        "min-contrast is %s, but max-contrast is only %s".formatted(minContrast, maxContrast));
            }
            if (minSaturation > maxSaturation) {
                throw new IllegalArgumentException(
                        "min-saturation is %s, but max-saturation is only %s".formatted(minSaturation, maxSaturation));
            }
        }
    }

    @Override
    public Sample apply(Sample sample, RandomGenerator random) {
        byte[] pixels = sample.image().pixels().clone();
        if (random.nextBoolean()) {
            float add = (float) Levels.spread(random, config.brightness);
            Levels.apply(Levels.table(value -> value + add), pixels);
        }
        boolean early = random.nextBoolean();
        if (early) {
            contrast(pixels, random);
        }
        if (random.nextBoolean()) {
            float factor = between(random, config.minSaturation, config.maxSaturation);
            byte[] saturation = Levels.table(value -> value * factor);
            inHsv(pixels, 1, saturation);
        }
        if (random.nextBoolean() && config.hue > 0) {
            int turn = random.nextInt(-config.hue, config.hue);
            byte[] hue = Levels.table(value -> Math.floorMod(value + turn, Hsv.HUES));
            inHsv(pixels, 0, hue);
        }
        if (!early) {
            contrast(pixels, random);
        }
        return Levels.withPixels(sample, pixels);
    }

    private void contrast(byte[] pixels, RandomGenerator random) {
        if (random.nextBoolean()) {
            float factor = between(random, config.minContrast, config.maxContrast);
            Levels.apply(Levels.table(value -> value * factor), pixels);
        }
    }

    private static void inHsv(byte[] pixels, int channel, byte[] table) {
        Hsv.from(pixels);
        for (int i = channel; i < pixels.length; i += 3) {
            pixels[i] = table[pixels[i] & 0xff];
        }
        Hsv.toRgb(pixels);
    }

    private static float between(RandomGenerator random, double min, double max) {
        return (float) (min + random.nextDouble() * (max - min));
    }
}
