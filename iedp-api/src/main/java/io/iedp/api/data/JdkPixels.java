package io.iedp.api.data;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;

/** Pixels to and from the ways in which the JDK lays them out. */
final class JdkPixels {
    private JdkPixels() {}

    /**
     * Red, green, blue of each pixel of any image, also of packed pixels, or a part of a larger one. Stored values are taken as
     * they are, whatever the colour profile; of 16 bits the upper 8; opacity is left out, as by OpenCV and Pillow.
     */
    static byte[] rgb(BufferedImage image) {
        int type = image.getSampleModel().getDataType();
        int colors = image.getColorModel().getColorSpace().getType();
        boolean whole = image.getColorModel().getTransferType() == type
                && (type == DataBuffer.TYPE_BYTE || type == DataBuffer.TYPE_USHORT || type == DataBuffer.TYPE_INT)
                && (colors == ColorSpace.TYPE_RGB || colors == ColorSpace.TYPE_GRAY)
                && !image.isAlphaPremultiplied();
        if (image.getColorModel() instanceof IndexColorModel palette) {
            return fromPalette(image.getRaster(), palette);
        }
        return whole ? fromBands(image) : fromColors(image);
    }

    private static byte[] fromBands(BufferedImage image) {
        int bands = image.getRaster().getNumBands();
        int colors = image.getColorModel().getNumColorComponents();
        int[] bits = image.getSampleModel().getSampleSize();
        int width = image.getWidth();
        byte[] pixels = new byte[width * image.getHeight() * 3];
        int[] row = new int[width * bands];
        int to = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            image.getRaster().getPixels(0, y, width, 1, row);
            for (int at = 0; at < row.length; at += bands, to += 3) {
                for (int channel = 0; channel < 3; channel++) {
                    int band = colors == 1 ? 0 : channel;
                    pixels[to + channel] = eightBits(row[at + band], bits[band]);
                }
            }
        }
        return pixels;
    }

    private static byte eightBits(int value, int bits) {
        return (byte) (bits >= 8 ? value >>> (bits - 8) : value * 255 / ((1 << bits) - 1));
    }

    /** As the colour profile has it, for pixels that are no whole numbers, multiplied by their opacity, or other colours. */
    private static byte[] fromColors(BufferedImage image) {
        int[] colors = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
        byte[] pixels = new byte[colors.length * 3];
        for (int i = 0; i < colors.length; i++) {
            pixels[3 * i] = (byte) (colors[i] >> 16);
            pixels[3 * i + 1] = (byte) (colors[i] >> 8);
            pixels[3 * i + 2] = (byte) colors[i];
        }
        return pixels;
    }

    private static byte[] fromPalette(java.awt.image.Raster raster, IndexColorModel palette) {
        int width = raster.getWidth();
        byte[] pixels = new byte[width * raster.getHeight() * 3];
        int[] row = new int[width];
        int to = 0;
        for (int y = 0; y < raster.getHeight(); y++) {
            raster.getSamples(0, y, width, 1, 0, row);
            for (int index : row) {
                pixels[to] = (byte) palette.getRed(index);
                pixels[to + 1] = (byte) palette.getGreen(index);
                pixels[to + 2] = (byte) palette.getBlue(index);
                to += 3;
            }
        }
        return pixels;
    }

    static BufferedImage buffered(RgbImage image) {
        BufferedImage buffered = new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_3BYTE_BGR);
        byte[] to = ((DataBufferByte) buffered.getRaster().getDataBuffer()).getData();
        byte[] from = image.pixels();
        for (int i = 0; i < to.length; i += 3) {
            to[i] = from[i + 2];
            to[i + 1] = from[i + 1];
            to[i + 2] = from[i];
        }
        return buffered;
    }
}
