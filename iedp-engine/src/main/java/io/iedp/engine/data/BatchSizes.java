package io.iedp.engine.data;

import io.iedp.api.UserException;
import io.iedp.api.data.Dataset;
import io.iedp.api.data.Sample;
import java.util.Optional;
import java.util.stream.IntStream;

/** Finds out whether training samples have one size after their changes, as a batch needs. */
public final class BatchSizes {
    /** How often each sample is changed: sizes may depend on the choices in that. */
    private static final int TURNS = 4;

    private BatchSizes() {}

    /**
     * Why these samples could not be in one batch; empty if they could.
     *
     * @throws UserException if a sample cannot be read, or not be changed
     */
    public static Optional<String> problem(Dataset dataset, IntStream indices, Augmentation augmentation) {
        Optional<Sample> first = Optional.empty();
        for (int index : indices.toArray()) {
            Sample sample = dataset.get(index);
            for (int turn = 0; turn < TURNS; turn++) {
                Sample changed = augmentation.apply(sample, turn);
                if (first.isEmpty()) {
                    first = Optional.of(changed);
                } else if (!HostBatch.sameSize(first.get().image(), changed.image())) {
                    return Optional.of(differ(first.get(), changed));
                }
            }
        }
        return Optional.empty();
    }

    /** What is wrong with two samples of different sizes. */
    static String differ(Sample one, Sample other) {
        return ("The samples of a training batch must have one size, but %s is %s x %s and %s is "
                        + "%s x %s. End data.augment with a random-crop or a resize.")
                .formatted(
                        one.name(),
                        one.image().width(),
                        one.image().height(),
                        other.name(),
                        other.image().width(),
                        other.image().height());
    }
}
