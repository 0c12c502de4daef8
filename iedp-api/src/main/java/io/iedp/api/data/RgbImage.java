package io.iedp.api.data;

import java.awt.image.BufferedImage;

/**
 * A decoded picture, 8 bits a channel.
 *
 * @param width in pixels
 * @param height in pixels
 * @param pixels red, green, blue of each pixel, row by row: {@code height * width * 3} bytes; not
 *     copied, so whoever makes an image from an array gives the array away
 */
public record RgbImage(int width, int height, byte[] pixels) {
    public RgbImage {
        if (width <= 0 || height <= 0 || pixels.length != (long) width * height * 3) {
            throw new IllegalArgumentException("An image of %s x %s needs %s bytes, but there are %s"
                    .formatted(width, height, (long) width * height * 3, pixels.length));
        }
    }

    /**
     * The pixels of an image of the JDK, of any type: stored values whatever the colour profile and the opacity, of 16 bits
     * the upper 8.
     */
    public static RgbImage of(BufferedImage image) {
        return new RgbImage(image.getWidth(), image.getHeight(), JdkPixels.rgb(image));
    }

    /** The same pixels as an image of the JDK, of type {@link BufferedImage#TYPE_3BYTE_BGR}; a copy. */
    public BufferedImage toBufferedImage() {
        return JdkPixels.buffered(this);
    }

    /** The pixel as {@code 0xRRGGBB}. */
    public int rgb(int x, int y) {
        int at = (y * width + x) * 3;
        return (pixels[at] & 0xff) << 16 | (pixels[at + 1] & 0xff) << 8 | (pixels[at + 2] & 0xff);
    }
}
