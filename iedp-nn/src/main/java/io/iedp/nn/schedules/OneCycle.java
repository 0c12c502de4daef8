package io.iedp.nn.schedules;

import io.iedp.api.config.Default;
import io.iedp.api.config.Doc;
import io.iedp.api.config.Range;
import io.iedp.api.training.Schedule;

/** Up over half of the epochs, rounded down, and down over as many more, both to a power, as in VPD's training of depth. */
record OneCycle(
        @Doc("How many epochs the run has; the rise takes half of them, rounded down.")
        @Default("25")
        @Range(min = 2, max = 1000000)
        int epochs,

        @Doc("The power of both.") @Default("0.9") @Range(min = 0.01, max = 100)
        double power)
        implements Schedule {
    @Override
    public double at(int step, int steps) {
        int half = epochs / 2;
        double rise = (double) half / epochs;
        double turns = (double) step / steps / rise;
        return turns < 1 ? Math.pow(turns, power) : 1 - Math.min(1, Math.pow(turns - 1, power));
    }
}
