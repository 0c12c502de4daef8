package io.iedp.engine.model;

import io.iedp.api.head.Head;
import io.iedp.api.task.Task;

/**
 * A head on the shared features, and the task that it serves.
 *
 * @param name of a further task; empty for the main one
 * @param weight the factor of its loss
 */
public record TaskHead(String name, Head head, Task task, double weight) {
    /** What the task calls something, so that no two tasks call two things the same; the main task's names stay. */
    String qualified(String separator, String what) {
        return name.isEmpty() ? what : name + separator + what;
    }
}
