package io.iedp.tasks;

/** Red, green and blue bytes, pixel by pixel. */
final class Pixels {
    private Pixels() {}

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
