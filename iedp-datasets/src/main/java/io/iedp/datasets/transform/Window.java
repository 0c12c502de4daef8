package io.iedp.datasets.transform;

import io.iedp.api.UserException;
import io.iedp.api.data.Raster;
import io.iedp.api.data.RgbImage;
import io.iedp.api.data.Sample;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * A part of a sample: of its picture and all of its maps. It may reach beyond the right and the lower edge.
 *
 * @param left in pixels, inside of the sample
 * @param top in pixels, inside of the sample
 */
public record Window(int left, int top, int width, int height) {
    /**
     * What lies inside. Beyond the sample, the picture is grey, and targets do not count.
     *
     * @param fill the grey level
     * @throws UserException if a target has no value for what is beyond the sample
     */
    public Sample of(Sample sample, int fill) {
        Map<String, Raster> targets = new HashMap<>();
        sample.targets().forEach((name, raster) -> targets.put(name, of(raster)));
        return new Sample(sample.name(), of(sample.image(), fill), targets, sample.texts());
    }

    private RgbImage of(RgbImage image, int fill) {
        byte[] pixels = new byte[width * height * 3];
        int columns = Math.min(width, image.width() - left);
        int rows = Math.min(height, image.height() - top);
        if (columns < width || rows < height) {
            Arrays.fill(pixels, (byte) fill);
        }
        for (int y = 0; y < rows; y++) {
            System.arraycopy(
                    image.pixels(), ((top + y) * image.width() + left) * 3, pixels, y * width * 3, columns * 3);
        }
        return new RgbImage(width, height, pixels);
    }

    private Raster of(Raster raster) {
        int columns = Math.min(width, raster.width() - left);
        int rows = Math.min(height, raster.height() - top);
        float[] values = new float[raster.channels() * width * height];
        if (columns < width || rows < height) {
            if (Float.isNaN(raster.invalid())) {
                throw new UserException(
                        "The window of %s x %s is larger than a sample of %s x %s, whose targets have no value for what is outside; resize it first"
                                .formatted(width, height, raster.width(), raster.height()));
            }
            Arrays.fill(values, raster.invalid());
        }
        for (int channel = 0; channel < raster.channels(); channel++) {
            for (int y = 0; y < rows; y++) {
                System.arraycopy(
                        raster.values(),
                        (channel * raster.height() + top + y) * raster.width() + left,
                        values,
                        (channel * height + y) * width,
                        columns);
            }
        }
        return new Raster(width, height, raster.channels(), values, raster.invalid());
    }
}
