package io.iedp.api.loss;

import io.iedp.api.ComponentFactory;
import io.iedp.api.Experimental;
import io.iedp.api.task.TaskContext;

/** Makes a loss of one class a pixel; {@code loss} of a task chooses it. */
@Experimental
public interface PixelLossFactory<C extends Record> extends ComponentFactory<C, TaskContext, PixelLoss> {}
