package io.iedp.api.training;

import io.iedp.api.Experimental;

/** What a schedule gets from the host. */
@Experimental
public interface ScheduleContext {
    /** The steps of the whole run. */
    int steps();
}
