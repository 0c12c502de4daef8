package io.iedp.api.head;

import io.iedp.api.ComponentFactory;

/** Makes a head; {@code head.type} of an experiment file chooses it. */
public interface HeadFactory<C extends Record> extends ComponentFactory<C, HeadContext, Head> {}
