package io.iedp.optim;

import io.iedp.api.optim.Schedule;

/**
 * Up and down to the power of 0.9, as VPD trains depth (Zhao et al., 2023): half of the epochs each, rounded down, so that an
 * odd number leaves one at the lowest rate.
 */
record OneCycle(int epochs, int steps) implements Schedule {
    private static final double POWER = 0.9;

    @Override
    public double factor(int step) {
        int half = epochs / 2;
        double rise = (double) half / epochs;
        double turns = (double) step / steps / rise;
        return turns < 1 ? Math.pow(turns, POWER) : 1 - Math.min(1, Math.pow(turns - 1, POWER));
    }
}
