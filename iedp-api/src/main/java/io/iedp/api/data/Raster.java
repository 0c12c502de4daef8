package io.iedp.api.data;

import java.util.BitSet;

/**
 * A map of one or more values a pixel: labels, depth in metres, surface normals.
 *
 * @param width in pixels
 * @param height in pixels
 * @param channels values a pixel
 * @param values channel by channel, each row by row: {@code channels * height * width} values; not
 *     copied, so whoever makes a raster from an array gives the array away
 * @param invalid marks a pixel without a value: the ignore index of labels, 0 for depth; {@code NaN}
 *     when every pixel has one. What a transform adds around the picture gets this value.
 */
public record Raster(int width, int height, int channels, float[] values, float invalid) {
    /** The label that losses and metrics pass over. */
    public static final int IGNORE = 255;

    public Raster {
        if (width <= 0 || height <= 0 || channels <= 0 || values.length != (long) width * height * channels) {
            throw new IllegalArgumentException("A raster of %s x %s x %s needs %s values, but there are %s"
                    .formatted(channels, height, width, (long) width * height * channels, values.length));
        }
    }

    /** Class indices, with {@link #IGNORE} for pixels that do not count. */
    public static Raster labels(int width, int height, float[] values) {
        return new Raster(width, height, 1, values, IGNORE);
    }

    /** Distances along the optical axis in metres, with 0 for pixels without a reading. */
    public static Raster depth(int width, int height, float[] metres) {
        return new Raster(width, height, 1, metres, 0);
    }

    /** The class indices that pixels of a raster of labels have; what is invalid or negative is none. */
    public BitSet classes() {
        BitSet classes = new BitSet();
        for (float value : values) {
            if (value != invalid && value >= 0) {
                classes.set((int) value);
            }
        }
        return classes;
    }

    /** The same with other numbers of pixels, each of which has the values of the one that lies where it is. */
    public Raster nearest(int newWidth, int newHeight) {
        if (newWidth == width && newHeight == height) {
            return this;
        }
        float[] resized = new float[Math.multiplyExact(channels, Math.multiplyExact(newWidth, newHeight))];
        int to = 0;
        for (int c = 0; c < channels; c++) {
            for (int y = 0; y < newHeight; y++) {
                int row = (c * height + (int) ((long) y * height / newHeight)) * width;
                for (int x = 0; x < newWidth; x++) {
                    resized[to++] = values[row + (int) ((long) x * width / newWidth)];
                }
            }
        }
        return new Raster(newWidth, newHeight, channels, resized, invalid);
    }

    public float at(int x, int y) {
        return values[y * width + x];
    }

    public float at(int channel, int x, int y) {
        return values[(channel * height + y) * width + x];
    }
}
