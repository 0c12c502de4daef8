package io.iedp.datasets.transform;

import io.iedp.api.config.Default;
import io.iedp.api.config.Doc;
import io.iedp.api.config.Range;
import io.iedp.api.data.Raster;
import io.iedp.api.data.RgbImage;
import io.iedp.api.data.Sample;
import io.iedp.api.data.Transform;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Cuts out a window. Where the sample is smaller, grey is added at the right and below, with targets that do
 * not count. Like mmsegmentation, it looks for a window in which no class has too large a share.
 */
public record RandomCrop(RandomCrop.Config config) implements Transform {
    private static final int TRIES = 10;

    public record Config(
            @Doc("Width of the window, in pixels.") @Range(min = 1, max = 65536)
            int width,

            @Doc("Height of the window, in pixels.") @Range(min = 1, max = 65536)
            int height,

            @Doc("Largest share of one class in the window, if ten tries find one; 1 takes any window.")
            @Default("0.75")
            @Range(min = 0, max = 1)
            double maxShare,

            @Doc("Grey level of what is added around smaller samples; about 127 is 0 to the backbone.")
            @Default("127")
            @Range(min = 0, max = 255)
            int fill) {}

    @Override
    public Sample apply(Sample sample, RandomGenerator random) {
        int left = 0;
        int top = 0;
        for (int i = 0; i < TRIES; i++) {
            left = random.nextInt(Math.max(sample.image().width() - config.width, 0) + 1);
            top = random.nextInt(Math.max(sample.image().height() - config.height, 0) + 1);
            if (config.maxShare >= 1
                    || !sample.targets().containsKey(Sample.LABELS)
                    || largestShare(sample.target(Sample.LABELS), left, top) < config.maxShare) {
                break;
            }
        }
        Map<String, Raster> targets = new HashMap<>();
        for (Map.Entry<String, Raster> target : sample.targets().entrySet()) {
            targets.put(target.getKey(), crop(target.getValue(), left, top));
        }
        return new Sample(sample.name(), crop(sample.image(), left, top), targets, sample.texts());
    }

    /** The share of the most frequent class among the pixels that count; 1 when there is but one. */
    private double largestShare(Raster labels, int left, int top) {
        int[] counts = new int[256];
        int all = 0;
        for (int y = top; y < Math.min(top + config.height, labels.height()); y++) {
            for (int x = left; x < Math.min(left + config.width, labels.width()); x++) {
                int label = (int) labels.at(x, y);
                if (label != Raster.IGNORE) {
                    counts[label & 0xff]++;
                    all++;
                }
            }
        }
        return all == 0 ? 1 : (double) Arrays.stream(counts).max().getAsInt() / all;
    }

    private RgbImage crop(RgbImage image, int left, int top) {
        byte[] cropped = new byte[config.width * config.height * 3];
        Arrays.fill(cropped, (byte) config.fill);
        int width = Math.min(config.width, image.width() - left);
        for (int y = 0; y < Math.min(config.height, image.height() - top); y++) {
            System.arraycopy(
                    image.pixels(), ((top + y) * image.width() + left) * 3, cropped, y * config.width * 3, width * 3);
        }
        return new RgbImage(config.width, config.height, cropped);
    }

    private Raster crop(Raster raster, int left, int top) {
        if (Float.isNaN(raster.invalid()) && (raster.width() < config.width || raster.height() < config.height)) {
            throw new io.iedp.api.UserException(
                    "random-crop: the window of %d x %d is larger than a sample of %d x %d, whose targets have no value for what is outside; resize it first"
                            .formatted(config.width, config.height, raster.width(), raster.height()));
        }
        float[] cropped = new float[raster.channels() * config.width * config.height];
        Arrays.fill(cropped, raster.invalid());
        int width = Math.min(config.width, raster.width() - left);
        for (int channel = 0; channel < raster.channels(); channel++) {
            for (int y = 0; y < Math.min(config.height, raster.height() - top); y++) {
                System.arraycopy(
                        raster.values(),
                        (channel * raster.height() + top + y) * raster.width() + left,
                        cropped,
                        (channel * config.height + y) * config.width,
                        width);
            }
        }
        return new Raster(config.width, config.height, raster.channels(), cropped, raster.invalid());
    }
}
