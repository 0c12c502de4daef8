package io.iedp.api.data;

import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * A finite, ordered collection of samples. Implementations are safe for use by several threads, and
 * the same index always gives the same sample.
 */
public interface Dataset extends AutoCloseable {
    /** Classes and ranges. Validation data may leave out the classes: they are those of the training data. */
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
     * The order in which an epoch of training visits the samples: each index once, unless the data set has some of them
     * stand for others or come more often; as many in every epoch. Every order is equally likely, unless the data set prefers some,
     * such as those in which large files are read from front to back.
     *
     * @param random decides alone
     */
    default int[] order(Random random) {
        int[] order = new int[size()];
        for (int i = 0; i < order.length; i++) {
            int other = random.nextInt(i + 1);
            order[i] = order[other];
            order[other] = i;
        }
        return order;
    }

    /**
     * What is wrong with its files, as far as it shows without reading them, such as those that are missing: a
     * sentence each. Samples that they belong to are counted, and fail in {@link #get}.
     */
    default List<String> problems() {
        return List.of();
    }

    /**
     * What a sample has, if that is known without reading its files.
     *
     * @param index as in {@link #get}
     */
    default Optional<SampleOutline> outline(int index) {
        return Optional.empty();
    }

    @Override
    default void close() {}
}
