package io.iedp.io.image;

import io.iedp.api.data.RgbImage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * How a camera was held (EXIF 2.32, tag 0x0112).
 *
 * @param code from 1, upright, to 8
 */
record ExifOrientation(int code) {
    private static final ExifOrientation UPRIGHT = new ExifOrientation(1);
    private static final int TAG = 0x0112;

    /** The orientation in a JPEG file; upright when it says nothing, or nothing sensible. */
    static ExifOrientation of(byte[] file) {
        try {
            ByteBuffer data = ByteBuffer.wrap(file);
            if (data.getShort() != (short) 0xffd8) {
                return UPRIGHT;
            }
            while (data.remaining() > 4) {
                int marker = data.getShort() & 0xffff;
                int length = data.getShort() & 0xffff;
                if (marker == 0xffe1 && length > 8 && data.getInt(data.position()) == 0x45786966) {
                    return read(data.slice(data.position() + 6, length - 8));
                }
                if (marker == 0xffda || marker >> 8 != 0xff) {
                    return UPRIGHT;
                }
                data.position(data.position() + length - 2);
            }
        } catch (IndexOutOfBoundsException | IllegalArgumentException | java.nio.BufferUnderflowException e) {
            // A damaged header says nothing about the pixels.
        }
        return UPRIGHT;
    }

    private static ExifOrientation read(ByteBuffer tiff) {
        tiff.order(tiff.getShort(0) == 0x4949 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        int directory = tiff.getInt(4);
        int entries = tiff.getShort(directory) & 0xffff;
        for (int i = 0; i < entries; i++) {
            int entry = directory + 2 + 12 * i;
            if ((tiff.getShort(entry) & 0xffff) == TAG) {
                int code = tiff.getShort(entry + 8) & 0xffff;
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
