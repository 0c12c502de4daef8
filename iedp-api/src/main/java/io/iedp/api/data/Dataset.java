package io.iedp.api.data;

import java.util.List;

/**
 * A finite, ordered collection of samples. Implementations are safe for use by several threads, and
 * the same index always gives the same sample.
 */
public interface Dataset extends AutoCloseable {
    DatasetInfo info();

    int size();

    /**
     * Reads or makes one sample. May be slow: it is called ahead of time from worker threads.
     *
     * @param index from 0 to {@code size() - 1}
     * @throws io.iedp.api.UserException if a file is missing, unreadable or contradicts another, with
     *     its path and the reason
     */
    Sample get(int index);

    /**
     * What is wrong with its files, as far as it shows without reading them, such as those that are missing: a
     * sentence each. Samples that they belong to are counted, and fail in {@link #get}.
     */
    default List<String> problems() {
        return List.of();
    }

    @Override
    default void close() {}
}
