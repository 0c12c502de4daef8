package io.iedp.datasets.transform;

import io.iedp.api.data.Raster;
import io.iedp.api.data.RgbImage;
import io.iedp.api.data.Sample;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Changes of size. Pictures are averaged (a triangle filter over the pixels that an output pixel covers);
 * labels and depth take the nearest pixel, since neither means anything when blended.
 */
final class Resampling {
    private Resampling() {}

    static Sample resize(Sample sample, int width, int height) {
        if (sample.image().width() == width && sample.image().height() == height) {
            return sample;
        }
        Map<String, Raster> targets = new HashMap<>();
        sample.targets().forEach((name, raster) -> targets.put(name, nearest(raster, width, height)));
        return new Sample(sample.name(), triangle(sample.image(), width, height), targets, sample.texts());
    }

    static Raster nearest(Raster raster, int width, int height) {
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

    /** The input pixel that holds an output pixel's centre. */
    private static int nearest(int pixel, int from, int to) {
        return (int) ((2L * pixel + 1) * from / (2L * to));
    }

    static RgbImage triangle(RgbImage image, int width, int height) {
        Taps across = Taps.of(image.width(), width);
        Taps down = Taps.of(image.height(), height);
        float[] rows = new float[width * image.height() * 3];
        byte[] pixels = image.pixels();
        for (int y = 0; y < image.height(); y++) {
            for (int x = 0; x < width; x++) {
                for (int tap = 0; tap < across.weights[x].length; tap++) {
                    int from = (y * image.width() + across.first[x] + tap) * 3;
                    int to = (y * width + x) * 3;
                    float weight = across.weights[x][tap];
                    rows[to] += weight * (pixels[from] & 0xff);
                    rows[to + 1] += weight * (pixels[from + 1] & 0xff);
                    rows[to + 2] += weight * (pixels[from + 2] & 0xff);
                }
            }
        }
        byte[] result = new byte[width * height * 3];
        for (int y = 0; y < height; y++) {
            for (int i = 0; i < width * 3; i++) {
                float sum = 0.5f;
                for (int tap = 0; tap < down.weights[y].length; tap++) {
                    sum += down.weights[y][tap] * rows[(down.first[y] + tap) * width * 3 + i];
                }
                result[y * width * 3 + i] = (byte) (int) sum;
            }
        }
        return new RgbImage(width, height, result);
    }

    /** For each output pixel of a row: the first input pixel and the weights from there on. */
    private record Taps(int[] first, float[][] weights) {
        static Taps of(int from, int to) {
            double scale = (double) from / to;
            double support = Math.max(scale, 1);
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
