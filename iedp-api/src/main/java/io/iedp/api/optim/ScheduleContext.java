package io.iedp.api.optim;

import io.iedp.api.Experimental;

/** What a schedule gets from the host. */
@Experimental
public interface ScheduleContext {
    /** How many steps training has in all. */
    int steps();

    /** How many steps the warm-up takes at the beginning, while which the schedule goes on. */
    int warmup();
}
