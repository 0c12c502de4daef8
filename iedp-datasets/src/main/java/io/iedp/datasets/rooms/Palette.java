package io.iedp.datasets.rooms;

/** Materials drawn at random. */
interface Palette {
    Dice dice();

    Material floor();

    Material walls();

    Material wood();

    Material fabric();

    /** Two strong colours in one of the first so many patterns. */
    Material patterned(int patterns, double scale);

    int vivid();

    default Material ceiling() {
        return Material.plain(tint(0xf2f0ea, 10));
    }

    default Material plain(int color, int most) {
        return Material.plain(tint(color, most));
    }

    /** The colour with each channel moved by at most that much. */
    default int tint(int color, int most) {
        int tinted = 0;
        for (int shift = 0; shift <= 16; shift += 8) {
            int level = (color >> shift & 0xff) + (int) Math.round(dice().between(-most, most));
            tinted |= Math.max(0, Math.min(255, level)) << shift;
        }
        return tinted;
    }
}
