package io.iedp.datasets.transform;

import io.iedp.api.config.Default;
import io.iedp.api.config.Doc;
import io.iedp.api.config.Range;
import io.iedp.api.data.Raster;
import io.iedp.api.data.RgbImage;
import io.iedp.api.data.Sample;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** Mirrors some samples left and right; an expression that speaks of left or right then says the other, and
 * surfaces face the other way. */
public record RandomFlip(RandomFlip.Config config) implements Occasional {
    private static final Pattern SIDE = Pattern.compile("\\b(?:[Ll]eft|[Rr]ight)\\b");

    public record Config(
            @Doc("Share of the samples that are mirrored.") @Default("0.5") @Range(min = 0, max = 1)
            double probability) {}

    @Override
    public double probability() {
        return config.probability;
    }

    @Override
    public Sample change(Sample sample, RandomGenerator random) {
        Map<String, Raster> targets = new HashMap<>();
        sample.targets().forEach((name, raster) -> targets.put(name, flip(raster, name.equals(Sample.NORMALS))));
        Map<String, String> texts = new HashMap<>(sample.texts());
        texts.computeIfPresent(Sample.EXPRESSION, (name, text) -> flip(text));
        return new Sample(sample.name(), flip(sample.image()), targets, texts);
    }

    private static String flip(String expression) {
        return SIDE.matcher(expression).replaceAll(side -> switch (side.group()) {
            case "left" -> "right";
            case "right" -> "left";
            case "Left" -> "Right";
            default -> "Left";
        });
    }

    private static RgbImage flip(RgbImage image) {
        byte[] flipped = new byte[image.pixels().length];
        for (int y = 0; y < image.height(); y++) {
            for (int x = 0; x < image.width(); x++) {
                int from = (y * image.width() + x) * 3;
                int to = (y * image.width() + image.width() - 1 - x) * 3;
                System.arraycopy(image.pixels(), from, flipped, to, 3);
            }
        }
        return new RgbImage(image.width(), image.height(), flipped);
    }

    /**
     * @param directions whether the first channel is the share of a direction that is turned round, too
     */
    private static Raster flip(Raster raster, boolean directions) {
        float[] flipped = new float[raster.values().length];
        for (int row = 0; row < raster.channels() * raster.height(); row++) {
            int sign = directions && row < raster.height() ? -1 : 1;
            for (int x = 0; x < raster.width(); x++) {
                flipped[row * raster.width() + raster.width() - 1 - x] =
                        sign * raster.values()[row * raster.width() + x];
            }
        }
        return new Raster(raster.width(), raster.height(), raster.channels(), flipped, raster.invalid());
    }
}
