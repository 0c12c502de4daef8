package io.iedp.datasets.transform;

import io.iedp.api.data.Raster;
import io.iedp.api.data.RgbImage;
import io.iedp.api.data.Sample;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Changes of size. Pictures are blended by a triangle filter; labels and depth take the nearest pixel, since neither means
 * anything when blended.
 */
enum Resampling {
    /** The triangle is over all pixels that an output pixel covers; the nearest pixel is that which holds its centre. */
    AVERAGED,
    /** OpenCV's INTER_LINEAR and INTER_NEAREST: the triangle is over two pixels; the nearest one is that of the left upper corner. */
    OPENCV;

    static Sample resize(Sample sample, int width, int height, Resampling rule) {
        if (sample.image().width() == width && sample.image().height() == height) {
            return sample;
        }
        Map<String, Raster> targets = new HashMap<>();
        sample.targets().forEach((name, raster) -> targets.put(name, rule.nearest(raster, width, height)));
        return new Sample(sample.name(), rule.triangle(sample.image(), width, height), targets, sample.texts());
    }

    Raster nearest(Raster raster, int width, int height) {
        float[] values = new float[width * height * raster.channels()];
        int[] columns = new int[width];
        Arrays.setAll(columns, x -> nearest(x, raster.width(), width));
        int at = 0;
        for (int channel = 0; channel < raster.channels(); channel++) {
            for (int y = 0; y < height; y++) {
                int row = nearest(y, raster.height(), height);
                for (int x = 0; x < width; x++) {
                    values[at++] = raster.at(channel, columns[x], row);
                }
            }
        }
        return new Raster(width, height, raster.channels(), values, raster.invalid());
    }

    private int nearest(int pixel, int from, int to) {
        return (int) (this == OPENCV ? (long) pixel * from / to : (2L * pixel + 1) * from / (2L * to));
    }

    RgbImage triangle(RgbImage image, int width, int height) {
        Taps across = Taps.of(image.width(), width, this);
        Taps down = Taps.of(image.height(), height, this);
        byte[] pixels = image.pixels();
        int row = width * 3;
        float[] rows = new float[row * image.height()];
        for (int y = 0; y < image.height(); y++) {
            across(pixels, y * image.width() * 3, across, rows, y * row);
        }
        byte[] result = new byte[row * height];
        float[] sums = new float[row];
        for (int y = 0; y < height; y++) {
            Arrays.fill(sums, 0.5f);
            for (int tap = 0; tap < down.weights[y].length; tap++) {
                add(sums, down.weights[y][tap], rows, (down.first[y] + tap) * row);
            }
            for (int i = 0; i < row; i++) {
                result[y * row + i] = (byte) (int) sums[i];
            }
        }
        return new RgbImage(width, height, result);
    }

    private static void across(byte[] pixels, int start, Taps taps, float[] rows, int to) {
        for (int x = 0; x < taps.first.length; x++) {
            float[] weights = taps.weights[x];
            int from = start + taps.first[x] * 3;
            float red = 0;
            float green = 0;
            float blue = 0;
            for (float weight : weights) {
                red += weight * (pixels[from] & 0xff);
                green += weight * (pixels[from + 1] & 0xff);
                blue += weight * (pixels[from + 2] & 0xff);
                from += 3;
            }
            rows[to + 3 * x] = red;
            rows[to + 3 * x + 1] = green;
            rows[to + 3 * x + 2] = blue;
        }
    }

    /** In a form that the compiler makes vector instructions of. */
    private static void add(float[] sums, float weight, float[] rows, int from) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += weight * rows[from + i];
        }
    }

    /** For each output pixel of a row: the first input pixel and the weights from there on. */
    private record Taps(int[] first, float[][] weights) {
        static Taps of(int from, int to, Resampling rule) {
            double scale = (double) from / to;
            double support = rule == OPENCV ? 1 : Math.max(scale, 1);
            int[] first = new int[to];
            float[][] weights = new float[to][];
            for (int i = 0; i < to; i++) {
                double centre = (i + 0.5) * scale;
                first[i] = Math.max(0, (int) (centre - support + 0.5));
                int end = Math.min(from, (int) (centre + support + 0.5));
                weights[i] = new float[end - first[i]];
                double sum = 0;
                for (int tap = 0; tap < weights[i].length; tap++) {
                    weights[i][tap] = (float) Math.max(0, 1 - Math.abs(first[i] + tap + 0.5 - centre) / support);
                    sum += weights[i][tap];
                }
                for (int tap = 0; tap < weights[i].length; tap++) {
                    weights[i][tap] /= (float) sum;
                }
            }
            return new Taps(first, weights);
        }
    }
}
