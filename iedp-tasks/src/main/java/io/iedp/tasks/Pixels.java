package io.iedp.tasks;

import io.iedp.api.data.Raster;
import io.iedp.api.data.RgbImage;

/** Red, green and blue bytes, pixel by pixel. */
final class Pixels {
    private Pixels() {}

    /**
     * @param what the raster is, as in {@code labels are}
     * @throws IllegalArgumentException if the picture has another size
     */
    static void requireSize(RgbImage image, String what, Raster raster) {
        if (image.width() != raster.width() || image.height() != raster.height()) {
            throw new IllegalArgumentException("The picture is %s x %s, its %s %s x %s"
                    .formatted(image.width(), image.height(), what, raster.width(), raster.height()));
        }
    }

    /**
     * Puts a share of a colour over a pixel.
     *
     * @param color {@code 0xRRGGBB}
     */
    static void blend(byte[] pixels, int pixel, int color, double share) {
        for (int channel = 0; channel < 3; channel++) {
            int at = pixel * 3 + channel;
            int top = color >> (16 - 8 * channel) & 0xff;
            pixels[at] = (byte) Math.round((pixels[at] & 0xff) * (1 - share) + top * share);
        }
    }
}
