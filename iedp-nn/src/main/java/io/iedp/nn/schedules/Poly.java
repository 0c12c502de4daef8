package io.iedp.nn.schedules;

import io.iedp.api.config.Default;
import io.iedp.api.config.Doc;
import io.iedp.api.config.Range;
import io.iedp.api.training.Schedule;

/** {@code (1 - step / steps)^power}, as mmsegmentation has it. */
record Poly(
        @Doc("The power of the share of steps that are left; 1 is a line, 0.9 what DeepLab has.")
        @Default("1")
        @Range(min = 0, max = 100)
        double power)
        implements Schedule {
    @Override
    public double at(int step, int steps) {
        return Math.pow(1 - (double) step / steps, power);
    }
}
