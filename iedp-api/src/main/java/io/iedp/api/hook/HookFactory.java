package io.iedp.api.hook;

import io.iedp.api.ComponentFactory;
import io.iedp.api.Experimental;

/** Makes a hook; the list {@code hooks} of an experiment file chooses it. */
@Experimental
public interface HookFactory<C extends Record> extends ComponentFactory<C, HookContext, Hook> {}
