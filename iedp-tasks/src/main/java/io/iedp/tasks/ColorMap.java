package io.iedp.tasks;

/** The colours of viridis (Smith and van der Walt, 2015), along which equal steps look equal. */
final class ColorMap {
    /** At even steps, as the R package viridisLite gives ten of them; between, colours are blended. */
    private static final int[] STOPS = {
        0x440154, 0x482878, 0x3e4a89, 0x31688e, 0x26828e, 0x1f9e89, 0x35b779, 0x6dcd59, 0xb4de2c, 0xfde725
    };

    private ColorMap() {}

    /**
     * @param share 0 is dark blue, 1 is yellow; values beyond are held between
     * @return {@code 0xRRGGBB}
     */
    static int color(double share) {
        double at = Math.max(0, Math.min(1, share)) * (STOPS.length - 1);
        int stop = Math.min((int) at, STOPS.length - 2);
        int color = 0;
        for (int shift = 16; shift >= 0; shift -= 8) {
            int from = STOPS[stop] >> shift & 0xff;
            int to = STOPS[stop + 1] >> shift & 0xff;
            color = color << 8 | (int) Math.round(from + (at - stop) * (to - from));
        }
        return color;
    }
}
