package io.iedp.api.data;

/** What a data set or transform gets from the host. */
public interface DatasetContext {
    /** The seed of the component's own random choices, derived from the seed of the run. */
    long seed();
}
