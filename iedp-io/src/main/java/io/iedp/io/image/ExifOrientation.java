package io.iedp.io.image;

import io.iedp.api.data.RgbImage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * How a camera was held (EXIF 2.32, tag 0x0112). Nothing else of a file's metadata is read, so the effort is no more
 * than in proportion to the file, whatever its lists of tags point to.
 *
 * @param code from 1, upright, to 8
 */
record ExifOrientation(int code) {
    private static final ExifOrientation UPRIGHT = new ExifOrientation(1);
    private static final int TAG = 0x0112;
    private static final int SHORT = 3;
    private static final int LONG = 4;
    private static final int SIGNED_SHORT = 8;
    private static final int SIGNED_LONG = 9;
    private static final int PREFIX = 6;

    /** The orientation in a file's tags; upright when they say nothing, or nothing sensible. */
    static ExifOrientation of(StoredPicture picture) {
        return picture.exif().map(ExifOrientation::in).orElse(UPRIGHT);
    }

    private static ExifOrientation in(ByteBuffer tags) {
        try {
            boolean prefixed = tags.remaining() > PREFIX && tags.getInt(0) == 0x45786966; // as JPEG has it: Exif
            return inDirectory(prefixed ? tags.slice(PREFIX, tags.remaining() - PREFIX) : tags.duplicate());
        } catch (IndexOutOfBoundsException e) {
            return UPRIGHT; // damaged tags say nothing about the pixels
        }
    }

    /** The first directory (TIFF 6.0, section 2). */
    private static ExifOrientation inDirectory(ByteBuffer tiff) {
        switch (tiff.getInt(0)) {
            case 0x4d4d002a -> tiff.order(ByteOrder.BIG_ENDIAN);
            case 0x49492a00 -> tiff.order(ByteOrder.LITTLE_ENDIAN);
            default -> {
                return UPRIGHT;
            }
        }
        int directory = tiff.getInt(4);
        int entries = tiff.getShort(directory) & 0xffff;
        for (int i = 0; i < entries; i++) {
            int entry = directory + 2 + 12 * i;
            if (tiff.getShort(entry) == TAG && tiff.getInt(entry + 4) == 1) {
                int code = switch (tiff.getShort(entry + 2)) {
                    case SHORT, SIGNED_SHORT -> tiff.getShort(entry + 8);
                    // Against the standard, but some software does it.
                    case LONG, SIGNED_LONG -> tiff.getInt(entry + 8);
                    default -> 0;
                };
                return code >= 1 && code <= 8 ? new ExifOrientation(code) : UPRIGHT;
            }
        }
        return UPRIGHT;
    }

    /** The picture as it was seen. */
    RgbImage upright(RgbImage stored) {
        if (code == 1) {
            return stored;
        }
        byte[] from = stored.pixels();
        byte[] to = new byte[from.length];
        int at = 0;
        for (int y = 0; y < stored.height(); y++) {
            for (int x = 0; x < stored.width(); x++, at += 3) {
                System.arraycopy(from, at, to, 3 * index(x, y, stored.width(), stored.height()), 3);
            }
        }
        return code >= 5
                ? new RgbImage(stored.height(), stored.width(), to)
                : new RgbImage(stored.width(), stored.height(), to);
    }

    /** The place of a stored pixel in the upright picture, counted row by row. */
    private int index(int x, int y, int width, int height) {
        int right = width - 1 - x;
        int up = height - 1 - y;
        return switch (code) {
            case 2 -> y * width + right;
            case 3 -> up * width + right;
            case 4 -> up * width + x;
            case 5 -> x * height + y;
            case 6 -> x * height + up;
            case 7 -> right * height + up;
            case 8 -> right * height + y;
            default -> y * width + x;
        };
    }
}
