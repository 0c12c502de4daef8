package io.iedp.api.task;

import io.iedp.api.data.DatasetInfo;
import io.iedp.api.nn.Kernels;

/** What a task gets from the host. */
public interface TaskContext {
    Kernels kernels();

    /** The training data's classes and ranges. */
    DatasetInfo data();
}
