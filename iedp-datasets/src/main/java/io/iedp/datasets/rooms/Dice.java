package io.iedp.datasets.rooms;

import java.util.List;

/** SplitMix64 (Steele, Lea and Flood, 2014): unlike the JDK's sources, fixed for all versions to come. */
final class Dice {
    private static final long GAMMA = 0x9E3779B97F4A7C15L;

    private long state;

    Dice(long seed) {
        state = seed;
    }

    /** The dice of one item among many. */
    static Dice of(long seed, long number) {
        return new Dice(mix(seed * GAMMA ^ mix(number)));
    }

    long next() {
        state += GAMMA;
        return mix(state);
    }

    private static long mix(long value) {
        long mixed = (value ^ value >>> 30) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
        return mixed ^ mixed >>> 31;
    }

    private double fraction() {
        return (next() >>> 11) * 0x1.0p-53;
    }

    double between(double low, double high) {
        return low + fraction() * (high - low);
    }

    /** From 0 to one less than the bound. */
    int below(int bound) {
        return (int) (fraction() * bound);
    }

    boolean chance(double probability) {
        return fraction() < probability;
    }

    <T> T oneOf(List<T> choices) {
        return choices.get(below(choices.size()));
    }
}
