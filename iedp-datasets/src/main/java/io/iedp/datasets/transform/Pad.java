package io.iedp.datasets.transform;

import io.iedp.api.config.Default;
import io.iedp.api.config.Doc;
import io.iedp.api.config.Range;
import io.iedp.api.data.RgbImage;
import io.iedp.api.data.Sample;
import io.iedp.api.data.Transform;
import java.util.random.RandomGenerator;

/** Adds grey at the right and below, with targets that do not count, until a sample has a least size. */
public record Pad(Pad.Config config) implements Transform {
    public record Config(
            @Doc("Least width, in pixels.") @Range(min = 1, max = 65536)
            int width,

            @Doc("Least height, in pixels.") @Range(min = 1, max = 65536)
            int height,

            @Doc("Grey level of what is added; about 127 is 0 to the backbone.")
            @Default("127")
            @Range(min = 0, max = 255)
            int fill) {}

    @Override
    public Sample apply(Sample sample, RandomGenerator random) {
        RgbImage image = sample.image();
        if (image.width() >= config.width && image.height() >= config.height) {
            return sample;
        }
        return new Window(0, 0, Math.max(config.width, image.width()), Math.max(config.height, image.height()))
                .of(sample, config.fill);
    }
}
