package io.iedp.datasets.transform;

import io.iedp.api.config.Default;
import io.iedp.api.config.Doc;
import io.iedp.api.config.Range;
import io.iedp.api.data.Raster;
import io.iedp.api.data.RgbImage;
import io.iedp.api.data.Sample;
import java.util.random.RandomGenerator;

/**
 * CutDepth (Ishii and Yamashita, 2021) as GLPDepth and VPD do it: replaces a vertical strip of the picture by its
 * depth. Their fixed turn of every fourth sample is a probability here.
 */
public record CutDepth(CutDepth.Config config) implements Occasional {
    public record Config(
            @Doc("Share of the samples that get a strip.") @Default("0.25") @Range(min = 0, max = 1)
            double probability,

            @Doc("Largest width of a strip, as a share of what is to the right of its left edge.")
            @Default("0.75")
            @Range(min = 0, max = 1)
            double width,

            @Doc(
                    "How depth becomes grey: scaled, from black at 0 to white at max-depth, or wrapped, the lowest eight bits"
                            + " of its units, as in VPD, where that is an oversight.")
            @Default("scaled")
            Encoding encoding,

            @Doc("The depth that is white, in metres, when depth is scaled.")
            @Default("10")
            @Range(min = 1e-6, max = 1e6)
            double maxDepth,

            @Doc("Metres a unit, when depth is wrapped: 0.001 for NYU Depth, 0.00390625 for KITTI.")
            @Default("0.001")
            @Range(min = 1e-9, max = 1e6)
            double depthUnit) {}

    /** How depth becomes grey. */
    public enum Encoding {
        SCALED,
        WRAPPED
    }

    @Override
    public double probability() {
        return config.probability;
    }

    @Override
    public Sample change(Sample sample, RandomGenerator random) {
        Raster depth = sample.targets().get(Sample.DEPTH);
        if (depth == null) {
            return sample;
        }
        RgbImage image = sample.image();
        double from = random.nextDouble() * image.width();
        int left = (int) from;
        int width = (int) Math.max((image.width() - from) * random.nextDouble() * config.width, 1);
        byte[] pixels = image.pixels().clone();
        for (int y = 0; y < image.height(); y++) {
            for (int x = left; x < Math.min(left + width, image.width()); x++) {
                byte grey = grey(depth.at(x, y));
                int at = 3 * (y * image.width() + x);
                pixels[at] = grey;
                pixels[at + 1] = grey;
                pixels[at + 2] = grey;
            }
        }
        return Levels.withPixels(sample, pixels);
    }

    private byte grey(float metres) {
        return config.encoding == Encoding.WRAPPED
                ? (byte) Math.round(metres / config.depthUnit)
                : (byte) Math.round(Math.min(255, 255 * metres / config.maxDepth));
    }
}
