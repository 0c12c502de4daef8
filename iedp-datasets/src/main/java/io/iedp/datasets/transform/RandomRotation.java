package io.iedp.datasets.transform;

import io.iedp.api.UserException;
import io.iedp.api.config.Default;
import io.iedp.api.config.Doc;
import io.iedp.api.config.Range;
import io.iedp.api.data.Raster;
import io.iedp.api.data.RgbImage;
import io.iedp.api.data.Sample;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Turns some samples about their centre, as mmsegmentation's RandomRotate does: pictures are blended from four pixels, and
 * targets take the nearest one. Directions that surfaces face turn, too.
 */
public record RandomRotation(RandomRotation.Config config) implements Occasional {
    /** What an experiment file says about the transform {@code random-rotation}. */
    public record Config(
            @Doc("Share of the samples that are turned.") @Default("0.5") @Range(min = 0, max = 1)
            double probability,

            @Doc("The largest angle, to either side, in degrees.") @Default("10") @Range(min = 0, max = 180)
            double degrees,

            @Doc("Grey level of what was outside; about 127 is 0 to the backbone.")
            @Default("127")
            @Range(min = 0, max = 255)
            int fill) {}

    @Override
    public double probability() {
        return config.probability;
    }

    @Override
    public Sample change(Sample sample, RandomGenerator random) {
        return turned(sample, config.degrees * (2 * random.nextDouble() - 1));
    }

    /**
     * @param degrees clockwise
     */
    Sample turned(Sample sample, double degrees) {
        Turn turn = Turn.of(degrees, sample.image().width(), sample.image().height());
        Map<String, Raster> targets = new HashMap<>();
        sample.targets().forEach((name, raster) -> {
            Raster turned = turn.nearest(raster);
            targets.put(name, name.equals(Sample.NORMALS) ? turn.directions(turned) : turned);
        });
        return new Sample(sample.name(), turn.blended(sample.image(), config.fill), targets, sample.texts());
    }

    /** Finds the place that a pixel comes from. */
    private record Turn(double cosine, double sine, double centreX, double centreY) {
        static Turn of(double degrees, int width, int height) {
            double angle = Math.toRadians(degrees);
            return new Turn(Math.cos(angle), Math.sin(angle), (width - 1) / 2.0, (height - 1) / 2.0);
        }

        private double x(int x, int y) {
            return centreX + cosine * (x - centreX) + sine * (y - centreY);
        }

        private double y(int x, int y) {
            return centreY - sine * (x - centreX) + cosine * (y - centreY);
        }

        private static boolean isInside(double x, double y, int width, int height) {
            return x >= -0.5 && y >= -0.5 && x < width - 0.5 && y < height - 0.5;
        }

        RgbImage blended(RgbImage image, int fill) {
            byte[] result = new byte[image.pixels().length];
            Arrays.fill(result, (byte) fill);
            for (int y = 0; y < image.height(); y++) {
                for (int x = 0; x < image.width(); x++) {
                    double fromX = x(x, y);
                    double fromY = y(x, y);
                    if (isInside(fromX, fromY, image.width(), image.height())) {
                        blend(image, fromX, fromY, result, (y * image.width() + x) * 3);
                    }
                }
            }
            return new RgbImage(image.width(), image.height(), result);
        }

        /** At the edge, of the pixels that there are: what has a label is not mixed with what has none. */
        private static void blend(RgbImage image, double x, double y, byte[] result, int at) {
            int left = (int) Math.floor(x);
            int top = (int) Math.floor(y);
            double right = x - left;
            double bottom = y - top;
            for (int channel = 0; channel < 3; channel++) {
                double upper =
                        (1 - right) * level(image, left, top, channel) + right * level(image, left + 1, top, channel);
                double lower = (1 - right) * level(image, left, top + 1, channel)
                        + right * level(image, left + 1, top + 1, channel);
                result[at + channel] = (byte) Math.round((1 - bottom) * upper + bottom * lower);
            }
        }

        private static int level(RgbImage image, int x, int y, int channel) {
            int column = Math.max(0, Math.min(image.width() - 1, x));
            int row = Math.max(0, Math.min(image.height() - 1, y));
            return image.pixels()[(row * image.width() + column) * 3 + channel] & 0xff;
        }

        /**
         * @throws UserException if the target has no value for what was outside
         */
        Raster nearest(Raster raster) {
            int width = raster.width();
            int height = raster.height();
            if (Float.isNaN(raster.invalid())) {
                throw new UserException(
                        "random-rotation turns in what was outside of the picture, for which a target of these samples has no value");
            }
            float[] values = new float[raster.values().length];
            Arrays.fill(values, raster.invalid());
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    double fromX = x(x, y);
                    double fromY = y(x, y);
                    if (isInside(fromX, fromY, width, height)) {
                        for (int channel = 0; channel < raster.channels(); channel++) {
                            values[(channel * height + y) * width + x] =
                                    raster.at(channel, (int) Math.round(fromX), (int) Math.round(fromY));
                        }
                    }
                }
            }
            return new Raster(width, height, raster.channels(), values, raster.invalid());
        }

        /** Of the shares to the right, up and towards the camera, the first two turn. */
        Raster directions(Raster raster) {
            float[] values = raster.values().clone();
            int plane = raster.width() * raster.height();
            for (int i = 0; i < plane; i++) {
                float right = values[i];
                float up = values[plane + i];
                values[i] = (float) (cosine * right + sine * up);
                values[plane + i] = (float) (cosine * up - sine * right);
            }
            return new Raster(raster.width(), raster.height(), raster.channels(), values, raster.invalid());
        }
    }
}
