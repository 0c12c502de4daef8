package io.iedp.nn.schedules;

import io.iedp.api.training.Schedule;
import io.iedp.api.training.ScheduleContext;
import io.iedp.api.training.ScheduleFactory;
import java.util.function.Function;

/** Makes a schedule of its configuration. */
record Factory<C extends Record>(
        String type, Class<C> configuration, String description, Function<C, Schedule> schedule)
        implements ScheduleFactory<C> {
    @Override
    public Schedule create(C configuration, ScheduleContext context) {
        return schedule.apply(configuration);
    }
}
