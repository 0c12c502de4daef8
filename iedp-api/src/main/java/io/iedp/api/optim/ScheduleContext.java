package io.iedp.api.optim;

import io.iedp.api.Experimental;

/** What a schedule gets from the host. */
@Experimental
public interface ScheduleContext {
    /** How many steps training has in all. */
    int steps();

    /** How many steps at the beginning the warm-up takes; the schedule runs from the first step all the same. */
    int warmup();
}
