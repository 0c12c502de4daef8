package io.iedp.io.image;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.awt.image.PixelInterleavedSampleModel;

/** Takes red, green and blue out of what the JDK's decoder of JPEG files gives. */
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
}
