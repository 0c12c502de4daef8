package io.iedp.api.objective;

import io.iedp.api.ComponentContext;
import io.iedp.api.Experimental;
import io.iedp.api.data.DatasetInfo;

/** What an objective gets from the host. */
@Experimental
public interface ObjectiveContext extends ComponentContext {
    /** The training data's classes and ranges. */
    DatasetInfo data();
}
