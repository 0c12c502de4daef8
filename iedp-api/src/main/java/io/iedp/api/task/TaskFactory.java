package io.iedp.api.task;

import io.iedp.api.ComponentFactory;
import io.iedp.api.data.SampleCheck;

/** Makes a task; {@code task.type} of an experiment file chooses it. */
public interface TaskFactory<C extends Record> extends ComponentFactory<C, TaskContext, Task> {
    /** What the task of a configuration asks of each sample, such as labels. The default is nothing. */
    default SampleCheck check(C configuration) {
        return SampleCheck.NONE;
    }
}
