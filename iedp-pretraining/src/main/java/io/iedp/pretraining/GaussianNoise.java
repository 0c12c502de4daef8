package io.iedp.pretraining;

import java.util.function.Supplier;

/**
 * Standard normal numbers that a seed decides, the same on every machine: SplitMix64 (Steele et al., 2014) and the transform of
 * Box and Muller in the JDK's strict arithmetic. Neighbouring seeds give unrelated numbers.
 */
public final class GaussianNoise implements Supplier<double[]> {
    private static final long STEP = 0x9e3779b97f4a7c15L;

    private final int count;
    private long state;

    /**
     * @param count of the numbers in each array
     */
    public GaussianNoise(long seed, int count) {
        this.state = seed;
        this.count = count;
    }

    /** A new array of numbers. */
    @Override
    public double[] get() {
        double[] numbers = new double[count];
        for (int i = 0; i < count; i += 2) {
            double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - uniform()));
            double angle = 2 * Math.PI * uniform();
            numbers[i] = radius * StrictMath.cos(angle);
            if (i + 1 < count) {
                numbers[i + 1] = radius * StrictMath.sin(angle);
            }
        }
        return numbers;
    }

    /** From 0 to below 1. */
    private double uniform() {
        return (bits() >>> 11) * 0x1p-53;
    }

    /** The next 64 bits. */
    long bits() {
        state += STEP;
        long mixed = (state ^ (state >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return mixed ^ (mixed >>> 31);
    }
}
