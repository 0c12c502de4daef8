package io.iedp.datasets.files;

import io.iedp.api.UserException;
import io.iedp.api.data.Raster;
import io.iedp.api.data.RgbImage;
import io.iedp.api.data.Sample;
import java.util.HashMap;
import java.util.Map;

/** A part of a sample: its picture and all of its maps. */
record Cut(int left, int top, int width, int height) {
    /**
     * @throws UserException if the sample is too small
     */
    Sample of(Sample sample, String setting) {
        RgbImage image = sample.image();
        if (left < 0 || top < 0 || left + width > image.width() || top + height > image.height()) {
            throw new UserException("%s is %d x %d, too small to cut %d x %d at (%d, %d) out of it; see %s"
                    .formatted(sample.name(), image.width(), image.height(), width, height, left, top, setting));
        }
        byte[] pixels = new byte[width * height * 3];
        for (int y = 0; y < height; y++) {
            System.arraycopy(image.pixels(), ((top + y) * image.width() + left) * 3, pixels, y * width * 3, width * 3);
        }
        Map<String, Raster> targets = new HashMap<>();
        sample.targets().forEach((name, raster) -> targets.put(name, of(raster)));
        return new Sample(sample.name(), new RgbImage(width, height, pixels), targets, sample.texts());
    }

    private Raster of(Raster raster) {
        float[] values = new float[raster.channels() * width * height];
        for (int row = 0; row < raster.channels() * height; row++) {
            int from = row / height * raster.height() + top + row % height;
            System.arraycopy(raster.values(), from * raster.width() + left, values, row * width, width);
        }
        return new Raster(width, height, raster.channels(), values, raster.invalid());
    }
}
