package io.iedp.api.task;

/** A task that is its own objective, protocol, measure and drawing. */
public interface SimpleTask extends Task, Objective, Protocol, Measure, Drawing {
    @Override
    default Objective objective() {
        return this;
    }

    @Override
    default Protocol protocol() {
        return this;
    }

    @Override
    default Measure measure() {
        return this;
    }

    @Override
    default Drawing drawing() {
        return this;
    }
}
