package io.iedp.api.data;

import io.iedp.api.ComponentFactory;

/** Makes a transform; the list {@code data.augment} of an experiment file chooses it. */
public interface TransformFactory<C extends Record> extends ComponentFactory<C, DatasetContext, Transform> {}
