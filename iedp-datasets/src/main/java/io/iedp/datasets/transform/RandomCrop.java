package io.iedp.datasets.transform;

import io.iedp.api.config.Default;
import io.iedp.api.config.Doc;
import io.iedp.api.config.Range;
import io.iedp.api.data.Raster;
import io.iedp.api.data.Sample;
import io.iedp.api.data.Transform;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Cuts out a window. Where the sample is smaller, grey is added at the right and below, with targets that do
 * not count, or the window is as small. Like mmsegmentation, it looks for a window in which no class has too large a share: ten are looked at,
 * and when none is good, an eleventh is taken as it is.
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
            int fill,

            @Doc(
                    "Whether smaller samples are filled up; if not, the transform pad does so behind those that change colours, as in mmsegmentation.")
            @Default("true")
            boolean pad) {}

    @Override
    public Sample apply(Sample sample, RandomGenerator random) {
        Raster labels = config.maxShare < 1 ? sample.targets().get(Sample.LABELS) : null;
        Window window = draw(sample, random);
        for (int i = 0; labels != null && i < TRIES && largestShare(labels, window) >= config.maxShare; i++) {
            window = draw(sample, random);
        }
        return window.of(sample, config.fill);
    }

    private Window draw(Sample sample, RandomGenerator random) {
        int width = edge(config.width, sample.image().width());
        int height = edge(config.height, sample.image().height());
        int left = random.nextInt(Math.max(sample.image().width() - width, 0) + 1);
        int top = random.nextInt(Math.max(sample.image().height() - height, 0) + 1);
        return new Window(left, top, width, height);
    }

    private int edge(int wanted, int given) {
        return config.pad ? wanted : Math.min(wanted, given);
    }

    /** The share of the most frequent class among the pixels that count; 1 when there is but one. */
    private static double largestShare(Raster labels, Window window) {
        int[] counts = new int[256];
        int all = 0;
        for (int y = window.top(); y < Math.min(window.top() + window.height(), labels.height()); y++) {
            for (int x = window.left(); x < Math.min(window.left() + window.width(), labels.width()); x++) {
                int label = (int) labels.at(x, y);
                if (label != Raster.IGNORE) {
                    counts[label & 0xff]++;
                    all++;
                }
            }
        }
        return all == 0 ? 1 : (double) Arrays.stream(counts).max().getAsInt() / all;
    }
}
