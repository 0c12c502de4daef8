package io.iedp.datasets.transform;

import io.iedp.api.config.Default;
import io.iedp.api.config.Doc;
import io.iedp.api.config.Range;
import io.iedp.api.data.Sample;
import io.iedp.api.data.Transform;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Photometric distortion in the order of SSD (Liu et al., 2016) and mmsegmentation: brightness, contrast (here
 * or at the end), saturation, hue, each for one half of the samples. Unlike {@link PhotometricDistortion}, it rounds
 * once, at the end.
 */
public record ColorJitter(ColorJitter.Config config) implements Transform {
    public record Config(
            @Doc("Largest change of brightness, of 255.") @Default("32") @Range(min = 0, max = 255)
            double brightness,

            @Doc("Largest change of contrast, as a factor's distance from 1.") @Default("0.5") @Range(min = 0, max = 1)
            double contrast,

            @Doc("Largest change of saturation, as a factor's distance from 1.")
            @Default("0.5")
            @Range(min = 0, max = 1)
            double saturation,

            @Doc("Largest turn of the hue, in degrees.") @Default("36") @Range(min = 0, max = 180)
            double hue) {}

    @Override
    public Sample apply(Sample sample, RandomGenerator random) {
        double add = random.nextBoolean() ? Levels.spread(random, config.brightness) : 0;
        boolean early = random.nextBoolean();
        double contrast = random.nextBoolean() ? 1 + Levels.spread(random, config.contrast) : 1;
        double saturation = random.nextBoolean() ? 1 + Levels.spread(random, config.saturation) : 1;
        double hue = random.nextBoolean() ? Levels.spread(random, config.hue) : 0;
        double first = early ? contrast : 1;
        double last = early ? 1 : contrast;
        byte[] changed = sample.image().pixels().clone();
        if (saturation == 1 && hue == 0) {
            Levels.apply(Levels.table(value -> clamp(clamp(value + add) * contrast) + 0.5), changed);
        } else {
            double[] levels = new double[256];
            Arrays.setAll(levels, value -> clamp(clamp(value + add) * first));
            turn(changed, levels, saturation, hue / 60, last);
        }
        return Levels.withPixels(sample, changed);
    }

    private static double clamp(double value) {
        return Math.max(0, Math.min(255, value));
    }

    /**
     * Scales the distance from grey and turns the hue, through HSV.
     *
     * @param levels what each value is before
     * @param sixths of the colour circle to turn by, from -3 to 3
     * @param contrast factor of each value after
     */
    private static void turn(byte[] pixels, double[] levels, double saturation, double sixths, double contrast) {
        for (int i = 0; i < pixels.length; i += 3) {
            double red = levels[pixels[i] & 0xff];
            double green = levels[pixels[i + 1] & 0xff];
            double blue = levels[pixels[i + 2] & 0xff];
            double max = Math.max(red, Math.max(green, blue));
            double range = max - Math.min(red, Math.min(green, blue));
            double hue = 0;
            if (range > 0) {
                hue = max == red
                        ? (green - blue) / range
                        : max == green ? 2 + (blue - red) / range : 4 + (red - green) / range;
            }
            double newRange = Math.min(max, range * saturation);
            for (int channel = 0; channel < 3; channel++) {
                double level = max - newRange * share(hue + sixths - 2 * channel);
                pixels[i + channel] = (byte) (int) (clamp(level * contrast) + 0.5);
            }
        }
    }

    /**
     * How much of the range a channel is below the largest.
     *
     * @param distance of the hue from the channel's own, in sixths of the circle
     */
    private static double share(double distance) {
        double around = Math.abs(distance);
        around = around > 6 ? around - 6 : around;
        return Math.max(0, Math.min(1, Math.min(around, 6 - around) - 1));
    }
}
