package io.iedp.nn.schedules;

import io.iedp.api.config.Default;
import io.iedp.api.config.Doc;
import io.iedp.api.config.Range;
import io.iedp.api.training.Schedule;

/** PyTorch's OneCycleLR in two phases, with {@code training.min-learning-rate} of 0. */
record CosineOneCycle(
        @Doc("The share of the steps over which it rises.") @Default("0.3") @Range(min = 0.001, max = 0.999)
        double rise,

        @Doc("The peak over the learning rate that it begins with.") @Default("25") @Range(min = 1, max = 1e12)
        double divFactor,

        @Doc("The learning rate that it begins with over that which it ends with.")
        @Default("1e4")
        @Range(min = 1, max = 1e12)
        double finalDivFactor)
        implements Schedule {
    @Override
    public double at(int step, int steps) {
        double first = 1 / divFactor;
        double last = first / finalDivFactor;
        double top = rise * steps - 1;
        return step <= top ? between(first, 1, step / top) : between(1, last, (step - top) / (steps - 1 - top));
    }

    private static double between(double from, double to, double share) {
        return to + (from - to) / 2 * (1 + Math.cos(Math.PI * share));
    }
}
