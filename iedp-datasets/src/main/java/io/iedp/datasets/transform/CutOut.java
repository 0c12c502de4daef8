package io.iedp.datasets.transform;

import io.iedp.api.config.Default;
import io.iedp.api.config.Doc;
import io.iedp.api.config.Range;
import io.iedp.api.data.RgbImage;
import io.iedp.api.data.Sample;
import java.util.random.RandomGenerator;

/**
 * Covers rectangles of some pictures, as mmsegmentation's RandomCutOut does (DeVries and Taylor, 2017). Targets stay as they are: what
 * is covered must be told from what is around it.
 */
public record CutOut(CutOut.Config config) implements Occasional {
    /** What an experiment file says about the transform {@code cut-out}. */
    public record Config(
            @Doc("Share of the samples that are changed.") @Default("0.5") @Range(min = 0, max = 1)
            double probability,

            @Doc("The fewest rectangles.") @Default("1") @Range(min = 1, max = 1000)
            int minCount,

            @Doc("The most rectangles.") @Default("1") @Range(min = 1, max = 1000)
            int maxCount,

            @Doc("Width of a rectangle, as a share of the picture's; at the right edge less of it is seen.")
            @Default("0.25")
            @Range(min = 0.001, max = 1)
            double width,

            @Doc("Height of a rectangle, as a share of the picture's; at the lower edge less of it is seen.")
            @Default("0.25")
            @Range(min = 0.001, max = 1)
            double height,

            @Doc("Their grey level; about 127 is 0 to the backbone.") @Default("127") @Range(min = 0, max = 255)
            int fill) {
        public Config {
            if (minCount > maxCount) {
                throw new IllegalArgumentException(
                        "min-count is %s, but max-count is only %s".formatted(minCount, maxCount));
            }
        }
    }

    @Override
    public double probability() {
        return config.probability;
    }

    @Override
    public Sample change(Sample sample, RandomGenerator random) {
        RgbImage image = sample.image();
        byte[] pixels = image.pixels().clone();
        int count = random.nextInt(config.minCount, config.maxCount + 1);
        int width = (int) (config.width * image.width());
        int height = (int) (config.height * image.height());
        for (int i = 0; i < count; i++) {
            int left = random.nextInt(image.width());
            int top = random.nextInt(image.height());
            for (int y = top; y < Math.min(top + height, image.height()); y++) {
                for (int x = left; x < Math.min(left + width, image.width()); x++) {
                    int at = (y * image.width() + x) * 3;
                    pixels[at] = (byte) config.fill;
                    pixels[at + 1] = (byte) config.fill;
                    pixels[at + 2] = (byte) config.fill;
                }
            }
        }
        return new Sample(
                sample.name(), new RgbImage(image.width(), image.height(), pixels), sample.targets(), sample.texts());
    }
}
