package io.iedp.io.image;

import io.iedp.api.data.RgbImage;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;
import java.awt.image.PixelInterleavedSampleModel;
import java.awt.image.Raster;

/** Takes red, green and blue out of the ways in which the JDK lays pixels out. */
final class PixelLayout {
    private PixelLayout() {}

    /** Red, green, blue of each pixel, row by row, as a decoder of JPEG files laid them out: a byte each, or grey. */
    static byte[] rgb(BufferedImage image) {
        if (!(image.getSampleModel() instanceof PixelInterleavedSampleModel layout)
                || !(image.getRaster().getDataBuffer() instanceof DataBufferByte buffer)) {
            throw new IllegalArgumentException("Unknown layout of pixels: " + image.getSampleModel());
        }
        byte[] samples = buffer.getData();
        int[] offsets = layout.getBandOffsets();
        int red = offsets[0];
        int green = offsets[offsets.length / 2];
        int blue = offsets[offsets.length - 1];
        int step = layout.getPixelStride();
        byte[] pixels = new byte[image.getWidth() * image.getHeight() * 3];
        int to = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            int from = y * layout.getScanlineStride();
            for (int x = 0; x < image.getWidth(); x++, from += step, to += 3) {
                pixels[to] = samples[from + red];
                pixels[to + 1] = samples[from + green];
                pixels[to + 2] = samples[from + blue];
            }
        }
        return pixels;
    }

    /** The same of any image, also of packed pixels, or a part of a larger one. Stored values are taken as they are,
     * whatever the colour profile; of 16 bits the upper 8; opacity is left out, as by OpenCV and Pillow.
     */
    static byte[] rgbOfAny(BufferedImage image) {
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

    private static byte[] fromPalette(Raster raster, IndexColorModel palette) {
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

    /** The same pixels for the JDK's encoders. */
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
