package io.iedp.optim;

import io.iedp.api.optim.Schedule;

/**
 * Up and down to a power, as VPD trains depth (Zhao et al., 2023): half of the epochs each, rounded down, so that an odd number
 * leaves one at the lowest rate.
 */
record OneCycle(OneCycleConfig settings, int steps) implements Schedule {
    @Override
    public double factor(int step) {
        int half = settings.epochs() / 2;
        double rise = (double) half / settings.epochs();
        double turns = (double) step / steps / rise;
        return turns < 1 ? Math.pow(turns, settings.power()) : 1 - Math.min(1, Math.pow(turns - 1, settings.power()));
    }
}
