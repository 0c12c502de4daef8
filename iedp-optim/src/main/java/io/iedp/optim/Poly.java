package io.iedp.optim;

import io.iedp.api.optim.Schedule;

/** {@code (1 - step / steps)^power}, as mmsegmentation has it. */
record Poly(double power, int steps) implements Schedule {
    @Override
    public double factor(int step) {
        return Math.pow(1 - (double) step / steps, power);
    }
}
