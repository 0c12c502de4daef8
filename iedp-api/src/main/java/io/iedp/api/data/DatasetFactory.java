package io.iedp.api.data;

import io.iedp.api.ComponentFactory;
import java.util.Optional;

/** Makes a data set; {@code data.train.type} and {@code data.val.type} of an experiment file choose it. */
public interface DatasetFactory<C extends Record> extends ComponentFactory<C, DatasetContext, Dataset> {
    /**
     * What {@link Dataset#info} says, where it is known without any of the data set's files, as the classes of a published
     * one are.
     */
    default Optional<DatasetInfo> info(C configuration) {
        return Optional.empty();
    }
}
