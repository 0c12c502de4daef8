package io.iedp.datasets.transform;

import io.iedp.api.data.RgbImage;
import io.iedp.api.data.Sample;
import java.util.function.IntToDoubleFunction;
import java.util.random.RandomGenerator;

/** Changes of 8-bit values by a table. */
final class Levels {
    private Levels() {}

    /** What becomes of each value: clipped to 0 and 255, and the fraction cut off. */
    static byte[] table(IntToDoubleFunction change) {
        byte[] table = new byte[256];
        for (int value = 0; value < table.length; value++) {
            table[value] = (byte) (int) Math.max(0, Math.min(255, change.applyAsDouble(value)));
        }
        return table;
    }

    static void apply(byte[] table, byte[] pixels) {
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = table[pixels[i] & 0xff];
        }
    }

    /** The sample with other colours. */
    static Sample withPixels(Sample sample, byte[] pixels) {
        RgbImage image = new RgbImage(sample.image().width(), sample.image().height(), pixels);
        return new Sample(sample.name(), image, sample.targets(), sample.texts());
    }

    static double spread(RandomGenerator random, double largest) {
        return (2 * random.nextDouble() - 1) * largest;
    }
}
