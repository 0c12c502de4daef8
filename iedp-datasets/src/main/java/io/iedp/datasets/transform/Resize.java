package io.iedp.datasets.transform;

import io.iedp.api.config.Default;
import io.iedp.api.config.Doc;
import io.iedp.api.config.Range;
import io.iedp.api.data.RgbImage;
import io.iedp.api.data.Sample;
import io.iedp.api.data.Transform;
import java.util.random.RandomGenerator;

/**
 * Brings samples to one size, or, with their shapes kept, into one size. As in mmsegmentation, a kept shape may stand
 * upright: the longer edges fit and the shorter ones do; and the size may be drawn anew for each sample.
 */
public record Resize(Resize.Config config) implements Transform {
    public record Config(
            @Doc("New width, in pixels.") @Range(min = 1, max = 65536)
            int width,

            @Doc("New height, in pixels.") @Range(min = 1, max = 65536)
            int height,

            @Doc("Whether each sample keeps its shape: then it is as large as fits, with its longer edge along the"
                    + " longer one of the size.")
            @Default("false")
            boolean keepRatio,

            @Doc("Smallest factor that width and height are drawn with.") @Default("1") @Range(min = 0.01, max = 100)
            double minRatio,

            @Doc("Largest factor that width and height are drawn with.") @Default("1") @Range(min = 0.01, max = 100)
            double maxRatio,

            @Doc(
                    "Whether all pixels that a new one covers are averaged, and labels taken at its centre; false is OpenCV's rule, which mmsegmentation has: the two nearest pixels along each edge, and labels at the new place times the scale, rounded down.")
            @Default("true")
            boolean antialias) {
        public Config {
            if (minRatio > maxRatio) {
                throw new IllegalArgumentException(
                        "min-ratio is %s, but max-ratio is only %s".formatted(minRatio, maxRatio));
            }
        }
    }

    @Override
    public Sample apply(Sample sample, RandomGenerator random) {
        double ratio = config.minRatio + random.nextDouble() * (config.maxRatio - config.minRatio);
        int width = Math.max(1, (int) (config.width * ratio));
        int height = Math.max(1, (int) (config.height * ratio));
        if (!config.keepRatio) {
            return resized(sample, width, height);
        }
        RgbImage image = sample.image();
        double factor = Math.min(
                (double) Math.max(width, height) / Math.max(image.width(), image.height()),
                (double) Math.min(width, height) / Math.min(image.width(), image.height()));
        return resized(sample, scaled(image.width(), factor), scaled(image.height(), factor));
    }

    private Sample resized(Sample sample, int width, int height) {
        return Resampling.resize(sample, width, height, config.antialias ? Resampling.AVERAGED : Resampling.OPENCV);
    }

    private static int scaled(int edge, double factor) {
        return Math.max(1, (int) (edge * factor + 0.5));
    }
}
