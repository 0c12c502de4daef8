package io.iedp.io.image;

import io.iedp.api.data.RgbImage;
import java.nio.BufferUnderflowException;
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

    /** The orientation in a JPEG or PNG file; upright when it says nothing, or nothing sensible. */
    static ExifOrientation of(byte[] file) {
        try {
            ByteBuffer data = ByteBuffer.wrap(file);
            return data.getShort(0) == (short) 0xffd8 ? inJpeg(data.position(2)) : inPng(data.position(8));
        } catch (IndexOutOfBoundsException | IllegalArgumentException | BufferUnderflowException e) {
            return UPRIGHT; // a damaged header says nothing about the pixels
        }
    }

    /** Segments (ITU-T T.81, B.1.1): any number of fill bytes, a marker, and a length that counts itself. */
    private static ExifOrientation inJpeg(ByteBuffer data) {
        while (data.get() == (byte) 0xff) {
            int marker = data.get() & 0xff;
            while (marker == 0xff) {
                marker = data.get() & 0xff;
            }
            if (marker == 0xda) {
                return UPRIGHT; // the pixels begin
            }
            int length = (data.getShort() & 0xffff) - 2;
            ByteBuffer segment = data.slice(data.position(), length);
            if (marker == 0xe1 && length > 6 && segment.getInt(0) == 0x45786966) { // Exif
                return inDirectory(segment.slice(6, length - 6));
            }
            data.position(data.position() + length);
        }
        return UPRIGHT;
    }

    /** Chunks (PNG specification, third edition, 5.3): the length of the data, a type, the data and a checksum. */
    private static ExifOrientation inPng(ByteBuffer data) {
        for (int type = 0; type != 0x49454e44; ) { // IEND
            int length = data.getInt();
            type = data.getInt();
            ByteBuffer chunk = data.slice(data.position(), length);
            if (type == 0x65584966) { // eXIf
                return inDirectory(chunk);
            }
            data.position(data.position() + length + 4);
        }
        return UPRIGHT;
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
                    case SHORT -> tiff.getShort(entry + 8);
                    case LONG -> tiff.getInt(entry + 8); // against the standard, but some software does
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
