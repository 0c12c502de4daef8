package io.iedp.nn.schedules;

import io.iedp.api.config.Default;
import io.iedp.api.config.Doc;
import io.iedp.api.config.Range;
import io.iedp.api.training.Schedule;

/** Half a cosine, begun anew {@code cycles} times. */
record Cosine(
        @Doc("How often it falls; before each time but the first, it jumps back to the peak.")
        @Default("1")
        @Range(min = 1, max = 1000000)
        int cycles)
        implements Schedule {
    @Override
    public double at(int step, int steps) {
        double turns = (double) cycles * step / steps;
        return (1 + Math.cos(Math.PI * (turns - Math.floor(turns)))) / 2;
    }
}
