package io.iedp.api.optim;

import io.iedp.api.ComponentFactory;
import io.iedp.api.Experimental;

/** Makes an optimizer; the key {@code training.optimizer} of an experiment file chooses it. */
@Experimental
public interface OptimizerFactory<C extends Record> extends ComponentFactory<C, OptimizerContext, Optimizer> {}
