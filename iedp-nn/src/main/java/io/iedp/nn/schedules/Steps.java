package io.iedp.nn.schedules;

import io.iedp.api.config.Default;
import io.iedp.api.config.Doc;
import io.iedp.api.config.NotEmpty;
import io.iedp.api.config.Range;
import io.iedp.api.training.Schedule;
import java.util.List;

/** A factor at each of some places of the run. */
record Steps(
        @Doc("Where it falls, as shares of the run, such as [0.6, 0.8].") @NotEmpty @Range(min = 0, max = 1)
        List<Double> at,

        @Doc("What is left of it each time.") @Default("0.1") @Range(min = 0, max = 1)
        double factor)
        implements Schedule {
    Steps {
        at = List.copyOf(at);
    }

    @Override
    public double at(int step, int steps) {
        long passed = at.stream().filter(place -> step >= place * steps).count();
        return Math.pow(factor, (double) passed);
    }
}
