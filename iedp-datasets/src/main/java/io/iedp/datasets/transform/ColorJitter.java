package io.iedp.datasets.transform;

import io.iedp.api.config.Default;
import io.iedp.api.config.Doc;
import io.iedp.api.config.Range;
import io.iedp.api.data.Sample;
import io.iedp.api.data.Transform;
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
        byte[] changed = sample.image().pixels().clone();
        double[] color = new double[3];
        for (int i = 0; i < changed.length; i += 3) {
            for (int channel = 0; channel < 3; channel++) {
                double brighter = clamp((changed[i + channel] & 0xff) + add);
                color[channel] = early ? clamp(brighter * contrast) : brighter;
            }
            if (saturation != 1 || hue != 0) {
                turn(color, saturation, hue / 60);
            }
            for (int channel = 0; channel < 3; channel++) {
                double level = early ? color[channel] : clamp(color[channel] * contrast);
                changed[i + channel] = (byte) (int) (level + 0.5);
            }
        }
        return Levels.withPixels(sample, changed);
    }

    private static double clamp(double value) {
        return Math.max(0, Math.min(255, value));
    }

    /**
     * Scales the distance from grey and turns the hue, through HSV.
     *
     * @param sixths of the colour circle to turn by, from -3 to 3
     */
    private static void turn(double[] color, double saturation, double sixths) {
        double max = Math.max(color[0], Math.max(color[1], color[2]));
        double min = Math.min(color[0], Math.min(color[1], color[2]));
        double range = max - min;
        if (range <= 0) {
            return;
        }
        double hue = max == color[0]
                ? (color[1] - color[2]) / range
                : max == color[1] ? 2 + (color[2] - color[0]) / range : 4 + (color[0] - color[1]) / range;
        hue += sixths;
        double newRange = Math.min(max, range * saturation);
        for (int channel = 0; channel < 3; channel++) {
            // How far the hue is from the channel's own, the short way around the circle.
            double distance = Math.abs(hue - 2 * channel);
            distance = distance > 6 ? distance - 6 : distance;
            distance = distance > 3 ? 6 - distance : distance;
            color[channel] = max - newRange * Math.max(0, Math.min(1, distance - 1));
        }
    }
}
