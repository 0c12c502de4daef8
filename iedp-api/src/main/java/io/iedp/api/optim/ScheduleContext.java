package io.iedp.api.optim;

import io.iedp.api.Experimental;

/** What a schedule gets from the host. */
@Experimental
public interface ScheduleContext {
    /** How many steps training has in all, those of the warm-up included. */
    int steps();
}
