package io.iedp.io.image;

import io.iedp.api.data.RgbImage;

/**
 * How a camera was held (EXIF 2.32, tag 0x0112).
 *
 * @param code from 1, upright, to 8
 */
record ExifOrientation(int code) {
    private static final ExifOrientation UPRIGHT = new ExifOrientation(1);
    private static final int TAG = 0x0112;

    /** The orientation in a file's tags; upright when they say nothing, or nothing sensible. */
    static ExifOrientation of(StoredPicture picture) {
        int code = ExifTags.of(picture).map(tags -> tags.number(TAG).orElse(1)).orElse(1);
        return code >= 1 && code <= 8 ? new ExifOrientation(code) : UPRIGHT;
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
