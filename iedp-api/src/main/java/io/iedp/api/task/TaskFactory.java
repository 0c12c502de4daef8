package io.iedp.api.task;

import io.iedp.api.ComponentFactory;

/** Makes a task; {@code task.type} of an experiment file chooses it. */
public interface TaskFactory<C extends Record> extends ComponentFactory<C, TaskContext, Task> {}
