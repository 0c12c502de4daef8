package io.iedp.api.data;

import io.iedp.api.ComponentFactory;

/** Makes a data set; {@code data.train.type} and {@code data.val.type} of an experiment file choose it. */
public interface DatasetFactory<C extends Record> extends ComponentFactory<C, DatasetContext, Dataset> {}
