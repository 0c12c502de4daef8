package io.iedp.io.image;

import io.iedp.api.UserException;
import io.iedp.api.data.RgbImage;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Decodes the pixels of a PNG file (PNG specification, third edition, 7 to 10) row by row, to the values that are stored.
 * The JDK's reader takes several times as long, holds a picture twice, and reads parts that do not bear on the pixels.
 */
final class PngDecoder {
    /** Where each pass of an interlaced picture begins, and its steps: columns and rows (8.2). */
    private static final int[][] ADAM7 = {
        {0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}
    };

    private static final int[][] AT_ONCE = {{0, 0, 1, 1}};

    private final StoredPng png;
    private final int width;
    private final int bits;

    PngDecoder(StoredPng png) {
        this.png = png;
        width = png.width();
        bits = png.bits();
    }

    /** Takes the pixels {@code x, x + step, ...} of row {@code y}, which lie one behind the other. */
    private interface Row {
        void take(byte[] row, int y, int x, int step);
    }

    /**
     * @throws UserException if the pixels are damaged
     */
    RgbImage rgb() {
        byte[] pixels = new byte[width * png.height() * 3];
        decode(png.channels() == 1 && bits <= 8 ? lookedUp(pixels) : whole(pixels));
        return new RgbImage(width, png.height(), pixels);
    }

    /**
     * The values of a picture of one channel.
     *
     * @throws UserException if the pixels are damaged
     */
    float[] samples() {
        float[] samples = new float[width * png.height()];
        decode((row, y, x, step) -> {
            for (int from = 0, to = x; to < width; from++, to += step) {
                samples[y * width + to] =
                        bits == 16 ? (row[2 * from] & 0xff) << 8 | row[2 * from + 1] & 0xff : sample(row, from);
            }
        });
        return samples;
    }

    /** A sample of up to 8 bits, from the high bits on (7.2). */
    private int sample(byte[] row, int at) {
        if (bits == 8) {
            return row[at] & 0xff;
        }
        int each = 8 / bits;
        return (row[at / each] & 0xff) >> 8 - bits - bits * (at % each) & (1 << bits) - 1;
    }

    private Row lookedUp(byte[] pixels) {
        byte[] colors = png.palette().orElseGet(this::greys);
        return (row, y, x, step) -> {
            for (int from = 0, at = x; at < width; from++, at += step) {
                int color = 3 * sample(row, from);
                int to = 3 * (y * width + at);
                pixels[to] = colors[color];
                pixels[to + 1] = colors[color + 1];
                pixels[to + 2] = colors[color + 2];
            }
        };
    }

    private byte[] greys() {
        int brightest = (1 << bits) - 1;
        byte[] colors = new byte[3 * (brightest + 1)];
        for (int i = 0; i < colors.length; i++) {
            colors[i] = (byte) (i / 3 * 255 / brightest);
        }
        return colors;
    }

    private Row whole(byte[] pixels) {
        int bytes = bits / 8;
        int green = png.channels() >= 3 ? bytes : 0;
        int pixel = png.channels() * bytes;
        return (row, y, x, step) -> {
            for (int from = 0, at = x; at < width; from += pixel, at += step) {
                int to = 3 * (y * width + at);
                pixels[to] = row[from];
                pixels[to + 1] = row[from + green];
                pixels[to + 2] = row[from + 2 * green];
            }
        };
    }

    private void decode(Row row) {
        Inflater inflater = new Inflater();
        try {
            Iterator<ByteBuffer> parts = png.pixels().iterator();
            for (int[] pass : png.interlaced() ? ADAM7 : AT_ONCE) {
                if (pass[0] < width) {
                    decode(pass, inflater, parts, row);
                }
            }
        } catch (DataFormatException e) {
            throw Refusal.damaged(png.file(), "its pixels make no sense: " + e.getMessage(), e);
        } finally {
            inflater.end();
        }
    }

    private void decode(int[] pass, Inflater inflater, Iterator<ByteBuffer> parts, Row row) throws DataFormatException {
        int step = pass[2];
        int inRow = (width - pass[0] + step - 1) / step;
        byte[] above = new byte[(int) png.rowBytes(inRow)];
        byte[] present = new byte[above.length];
        byte[] filter = new byte[1];
        for (int y = pass[1]; y < png.height(); y += pass[3]) {
            fill(filter, inflater, parts);
            fill(present, inflater, parts);
            unfilter(filter[0], present, above);
            row.take(present, y, pass[0], step);
            byte[] free = above;
            above = present;
            present = free;
        }
    }

    private void fill(byte[] bytes, Inflater inflater, Iterator<ByteBuffer> parts) throws DataFormatException {
        int filled = 0;
        while (filled < bytes.length) {
            int more = inflater.inflate(bytes, filled, bytes.length - filled);
            filled += more;
            if (more == 0) {
                if (inflater.finished() || inflater.needsDictionary() || !parts.hasNext()) {
                    throw Refusal.damaged(png.file(), "its pixels end too early");
                }
                inflater.setInput(parts.next());
            }
        }
    }

    /** From differences to what is stored (9.2). */
    private void unfilter(byte filter, byte[] row, byte[] above) {
        int pixel = Math.max(1, png.channels() * bits / 8);
        switch (filter) {
            case 0 -> {}
            case 1 -> {
                for (int i = pixel; i < row.length; i++) {
                    row[i] += row[i - pixel];
                }
            }
            case 2 -> {
                for (int i = 0; i < row.length; i++) {
                    row[i] += above[i];
                }
            }
            case 3 -> {
                for (int i = 0; i < row.length; i++) {
                    int left = i < pixel ? 0 : row[i - pixel] & 0xff;
                    row[i] += (byte) ((left + (above[i] & 0xff)) / 2);
                }
            }
            case 4 -> {
                for (int i = 0; i < row.length; i++) {
                    row[i] += i < pixel ? above[i] : paeth(row[i - pixel], above[i], above[i - pixel]);
                }
            }
            default -> throw Refusal.damaged(png.file(), "its pixels have a filter %s".formatted(filter & 0xff));
        }
    }

    /** The neighbour that is nearest to what a plane through all three gives. */
    private static byte paeth(byte left, byte above, byte corner) {
        int toLeft = Math.abs((above & 0xff) - (corner & 0xff));
        int toAbove = Math.abs((left & 0xff) - (corner & 0xff));
        int toCorner = Math.abs((left & 0xff) + (above & 0xff) - 2 * (corner & 0xff));
        if (toLeft <= toAbove && toLeft <= toCorner) {
            return left;
        }
        return toAbove <= toCorner ? above : corner;
    }
}
