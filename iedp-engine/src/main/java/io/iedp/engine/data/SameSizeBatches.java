package io.iedp.engine.data;

import io.iedp.api.data.Sample;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/** Samples in their order, as batches of neighbours of one size. */
public final class SameSizeBatches implements Iterator<List<Sample>> {
    private final Iterator<Optional<Sample>> samples;
    private final int most;
    private Optional<Sample> next;

    /**
     * @param samples of which some may be missing
     * @param most samples in a batch
     */
    public SameSizeBatches(Iterator<Optional<Sample>> samples, int most) {
        this.samples = samples;
        this.most = most;
        this.next = advance();
    }

    @Override
    public boolean hasNext() {
        return next.isPresent();
    }

    @Override
    public List<Sample> next() {
        Sample first = next.orElseThrow(NoSuchElementException::new);
        List<Sample> batch = new ArrayList<>();
        while (batch.size() < most
                && next.filter(sample -> HostBatch.sameSize(first.image(), sample.image()))
                        .isPresent()) {
            batch.add(next.get());
            next = advance();
        }
        return batch;
    }

    private Optional<Sample> advance() {
        while (samples.hasNext()) {
            Optional<Sample> sample = samples.next();
            if (sample.isPresent()) {
                return sample;
            }
        }
        return Optional.empty();
    }
}
