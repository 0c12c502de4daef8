package io.iedp.datasets.files;

import com.google.gson.JsonParseException;
import io.iedp.api.UserException;
import io.iedp.api.data.Raster;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
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
            int[] changes = new int[width * height + 1];
            BitSet crossings = new BitSet();
            for (double[] polygon : polygons) {
                crossings.clear();
                cross(polygon, width, height, crossings);
                int begin = crossings.nextSetBit(0);
                while (begin >= 0) {
                    int end = crossings.nextSetBit(begin + 1);
                    changes[begin]++;
                    changes[end < 0 ? width * height : end]--;
                    begin = end < 0 ? -1 : crossings.nextSetBit(end + 1);
                }
            }
            float[] mask = new float[width * height];
            int polygonsHere = 0;
            for (int at = 0; at < width * height; at++) {
                polygonsHere += changes[at];
                if (polygonsHere > 0) {
                    mask[at % height * width + at / height] = 1;
                }
            }
            return Raster.labels(width, height, mask);
        }

        /** Notes where inside and outside change, counted down the columns. */
        private static void cross(double[] polygon, int width, int height, BitSet crossings) {
            int corners = polygon.length / 2;
            for (int corner = 0; corner < corners; corner++) {
                int next = (corner + 1) % corners;
                Edge edge = Edge.between(
                        fine(polygon[2 * corner]),
                        fine(polygon[2 * corner + 1]),
                        fine(polygon[2 * next]),
                        fine(polygon[2 * next + 1]));
                edge.cross(width, height, crossings);
            }
        }

        private static int fine(double coordinate) {
            return (int) (FINE * coordinate + 0.5);
        }

        /**
         * A line between two corners on the fine grid. It is reckoned from the corner that is further left (or further up,
         * when the line is steep), so that a line is the same both ways.
         */
        private record Edge(long x, long y, long toX, long toY) {
            static Edge between(long x, long y, long toX, long toY) {
                boolean flat = Math.abs(toX - x) >= Math.abs(toY - y);
                return (flat ? x > toX : y > toY) ? new Edge(toX, toY, x, y) : new Edge(x, y, toX, toY);
            }

            private boolean isFlat() {
                return toX - x >= Math.abs(toY - y);
            }

            private long xAt(long step) {
                return isFlat() ? x + step : (long) (x + (double) (toX - x) / (toY - y) * step + 0.5);
            }

            private long yAt(long step) {
                return isFlat() ? (long) (y + (double) (toY - y) / (toX - x) * step + 0.5) : y + step;
            }

            /** Notes each column of pixels whose middle this line goes over; what is outside of the picture takes no time. */
            void cross(int width, int height, BitSet crossings) {
                long right = Math.max(x, toX);
                long middle = FINE / 2;
                long first = Math.max(0, Math.floorDiv(Math.min(x, toX) - middle + FINE - 1, FINE));
                for (long column = first; column < width && FINE * column + middle < right; column++) {
                    long step = stepOver(FINE * column + middle);
                    double row = (Math.min(yAt(step), yAt(step + 1)) + 0.5) / FINE - 0.5;
                    crossings.flip((int) column * height + (int) Math.ceil(Math.max(0, Math.min(height, row))));
                }
            }

            /** The last step before the line is on the other side of {@code from} and the point after it. */
            private long stepOver(long from) {
                if (isFlat()) {
                    return from - x;
                }
                long before = 0;
                long after = toY - y;
                while (after - before > 1) {
                    long between = (before + after) / 2;
                    boolean over = toX > x ? xAt(between) > from : xAt(between) <= from;
                    before = over ? before : between;
                    after = over ? between : after;
                }
                return before;
            }
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
