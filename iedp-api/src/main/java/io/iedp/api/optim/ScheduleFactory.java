package io.iedp.api.optim;

import io.iedp.api.ComponentFactory;
import io.iedp.api.Experimental;

/** Makes a schedule; the key {@code training.schedule} of an experiment file chooses it. */
@Experimental
public interface ScheduleFactory<C extends Record> extends ComponentFactory<C, ScheduleContext, Schedule> {}
