package io.iedp.api.training;

import io.iedp.api.ComponentFactory;
import io.iedp.api.Experimental;

/** Makes a schedule; {@code training.schedule} of an experiment file chooses it. */
@Experimental
public interface ScheduleFactory<C extends Record> extends ComponentFactory<C, ScheduleContext, Schedule> {}
