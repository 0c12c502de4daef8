package io.iedp.datasets.transform;

/**
 * Hue, saturation and value in 8 bits each, as OpenCV rounds them: hue from 0 to 179 in steps of two degrees. Recipes
 * of the field change colours in this form, and its coarse hue is a part of what they do.
 */
final class Hsv {
    static final int HUES = 180;

    private static final int SHIFT = 12;
    private static final int[] SATURATION = new int[256];
    private static final int[] HUE = new int[256];
    /** For each sixth of the circle, which of value, least, falling and rising level is red, green and blue. */
    private static final int[][] SIXTHS = {{0, 3, 1}, {2, 0, 1}, {1, 0, 3}, {1, 2, 0}, {3, 1, 0}, {0, 1, 2}};

    static {
        for (int i = 1; i < 256; i++) {
            SATURATION[i] = (int) Math.rint((double) (255 << SHIFT) / i);
            HUE[i] = (int) Math.rint((double) (HUES << SHIFT) / (6.0 * i));
        }
    }

    private Hsv() {}

    /** Red, green, blue to hue, saturation, value, in place. */
    static void from(byte[] pixels) {
        int half = 1 << (SHIFT - 1);
        for (int i = 0; i < pixels.length; i += 3) {
            int red = pixels[i] & 0xff;
            int green = pixels[i + 1] & 0xff;
            int blue = pixels[i + 2] & 0xff;
            int value = Math.max(red, Math.max(green, blue));
            int range = value - Math.min(red, Math.min(green, blue));
            int turn = value == red ? green - blue : value == green ? blue - red + 2 * range : red - green + 4 * range;
            int hue = (turn * HUE[range] + half) >> SHIFT;
            pixels[i] = (byte) (hue < 0 ? hue + HUES : hue);
            pixels[i + 1] = (byte) ((range * SATURATION[value] + half) >> SHIFT);
            pixels[i + 2] = (byte) value;
        }
    }

    /** Hue, saturation, value to red, green, blue, in place. */
    static void toRgb(byte[] pixels) {
        float[] levels = new float[4];
        for (int i = 0; i < pixels.length; i += 3) {
            float saturation = (pixels[i + 1] & 0xff) * (1f / 255);
            float value = (pixels[i + 2] & 0xff) * (1f / 255);
            float hue = (pixels[i] & 0xff) * (6f / HUES) % 6;
            int sixth = (int) hue;
            float rest = hue - sixth;
            levels[0] = value;
            levels[1] = value * (1 - saturation);
            levels[2] = value * (1 - saturation * rest);
            levels[3] = value * (1 - saturation * (1 - rest));
            for (int channel = 0; channel < 3; channel++) {
                pixels[i + channel] = (byte) (int) Math.rint(levels[SIXTHS[sixth][channel]] * 255);
            }
        }
    }

    /** Changes hue, saturation and value by a table each. */
    static void change(byte[] pixels, byte[] hue, byte[] saturation, byte[] value) {
        for (int i = 0; i < pixels.length; i += 3) {
            pixels[i] = hue[pixels[i] & 0xff];
            pixels[i + 1] = saturation[pixels[i + 1] & 0xff];
            pixels[i + 2] = value[pixels[i + 2] & 0xff];
        }
    }
}
