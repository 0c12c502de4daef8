package io.iedp.api.task;

/** What is to be predicted: how it is learned, predicted, judged and shown. {@link SimpleTask} is all four in one. */
public interface Task {
    Objective objective();

    Protocol protocol();

    Measure measure();

    Drawing drawing();
}
