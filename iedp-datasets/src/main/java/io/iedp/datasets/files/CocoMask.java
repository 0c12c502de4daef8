package io.iedp.datasets.files;

import com.google.gson.JsonParseException;
import io.iedp.api.UserException;
import io.iedp.api.data.Raster;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** The outline of an object as COCO writes it down (Lin et al., 2014). */
sealed interface CocoMask {
    /**
     * 1 inside, 0 outside.
     *
     * @param image names the picture in messages
     */
    Raster draw(int width, int height, Path image);

    /**
     * Areas that together are the object. They are filled as COCO's own tools do: the outline is followed on a grid
     * five times as fine, and each column of pixels switches between outside and inside where its middle is crossed.
     *
     * @param polygons x and y of each corner, in pixels
     */
    record Polygons(List<double[]> polygons) implements CocoMask {
        private static final int FINE = 5;

        @Override
        public Raster draw(int width, int height, Path image) {
            float[] mask = new float[width * height];
            for (double[] polygon : polygons) {
                boolean[] crossings = crossings(polygon, width, height);
                boolean inside = false;
                for (int at = 0; at < width * height; at++) {
                    inside ^= crossings[at];
                    if (inside) {
                        mask[at % height * width + at / height] = 1;
                    }
                }
            }
            return Raster.labels(width, height, mask);
        }

        /** Where inside and outside change, counted down the columns. */
        private static boolean[] crossings(double[] polygon, int width, int height) {
            boolean[] crossings = new boolean[width * height + 1];
            int corners = polygon.length / 2;
            int[] before = null;
            for (int corner = 0; corner < corners; corner++) {
                int next = (corner + 1) % corners;
                int x = fine(polygon[2 * corner]);
                int y = fine(polygon[2 * corner + 1]);
                int toX = fine(polygon[2 * next]);
                int toY = fine(polygon[2 * next + 1]);
                int steps = Math.max(Math.abs(toX - x), Math.abs(toY - y));
                for (int step = 0; step <= steps; step++) {
                    int[] point = along(x, y, toX, toY, step);
                    if (before != null) {
                        cross(before, point, width, height, crossings);
                    }
                    before = point;
                }
            }
            return crossings;
        }

        private static int fine(double coordinate) {
            return (int) (FINE * coordinate + 0.5);
        }

        /**
         * A point of the line between two corners. It is reckoned from the corner that is further left (or further up,
         * when the line is steep), so that a line is the same both ways.
         */
        private static int[] along(int x, int y, int toX, int toY, int step) {
            int dx = Math.abs(toX - x);
            int dy = Math.abs(toY - y);
            boolean flat = dx >= dy;
            boolean back = flat ? x > toX : y > toY;
            int startX = back ? toX : x;
            int startY = back ? toY : y;
            int endX = back ? x : toX;
            int endY = back ? y : toY;
            int t = back ? Math.max(dx, dy) - step : step;
            if (flat) {
                double slope = dx == 0 ? 0 : (double) (endY - startY) / dx;
                return new int[] {startX + t, (int) (startY + slope * t + 0.5)};
            }
            double slope = (double) (endX - startX) / dy;
            return new int[] {(int) (startX + slope * t + 0.5), startY + t};
        }

        /** Notes the crossing, if this step of the outline goes over the middle of a column of pixels. */
        private static void cross(int[] from, int[] to, int width, int height, boolean[] crossings) {
            if (from[0] == to[0]) {
                return;
            }
            double x = (Math.min(from[0], to[0]) + 0.5) / FINE - 0.5;
            if (x != Math.floor(x) || x < 0 || x > width - 1) {
                return;
            }
            double y = (Math.min(from[1], to[1]) + 0.5) / FINE - 0.5;
            int row = (int) Math.ceil(Math.max(0, Math.min(height, y)));
            int column = (int) x;
            crossings[column * height + row] ^= true;
        }
    }

    /**
     * Lengths of runs outside and inside in turn, counted down the columns.
     *
     * @param counts begin with a run outside
     */
    record RunLengths(int width, int height, double[] counts) implements CocoMask {
        private static final int BITS = 5;
        private static final int MORE = 0x20;
        private static final int SIGN = 0x10;
        private static final int FIRST_LETTER = 48;

        /** The numbers in COCO's string: six bits a letter, lowest first; from the third on, differences to two before. */
        static double[] decode(String text) {
            double[] counts = new double[text.length()];
            int size = 0;
            int at = 0;
            while (at < text.length()) {
                long value = 0;
                int shift = 0;
                int letter = MORE;
                while ((letter & MORE) != 0) {
                    if (at == text.length() || shift > 30) {
                        throw new JsonParseException("a segmentation ends in the middle of a number");
                    }
                    letter = text.charAt(at++) - FIRST_LETTER;
                    value |= (long) (letter & 0x1f) << shift;
                    shift += BITS;
                }
                if ((letter & SIGN) != 0) {
                    value |= -1L << shift;
                }
                counts[size] = size > 2 ? value + counts[size - 2] : value;
                size++;
            }
            return Arrays.copyOf(counts, size);
        }

        @Override
        public Raster draw(int pictureWidth, int pictureHeight, Path image) {
            if (pictureWidth != width || pictureHeight != height) {
                throw new UserException("%s is %s x %s, but its mask is %s x %s"
                        .formatted(image, pictureWidth, pictureHeight, width, height));
            }
            float[] mask = new float[width * height];
            int at = 0;
            for (int run = 0; run < counts.length; run++) {
                if (counts[run] < 0 || at + counts[run] > mask.length) {
                    throw new UserException("The runs of the mask in %s do not add up to its %s x %s pixels"
                            .formatted(image, width, height));
                }
                for (int i = 0; i < counts[run]; i++, at++) {
                    mask[at % height * width + at / height] = run % 2;
                }
            }
            return Raster.labels(width, height, mask);
        }
    }
}
