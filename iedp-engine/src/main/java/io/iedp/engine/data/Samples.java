package io.iedp.engine.data;

import io.iedp.api.UserException;
import io.iedp.api.data.Dataset;
import io.iedp.api.data.DatasetInfo;
import io.iedp.api.data.Sample;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A data set as a run reads it: what cannot be read stops it, or is passed over, counted and named in the log. */
public final class Samples implements Dataset {
    private static final Logger LOG = LoggerFactory.getLogger(Samples.class);

    private final String part;
    private final Dataset dataset;
    private final boolean skipBad;
    private final Set<Integer> bad = ConcurrentHashMap.newKeySet();

    /**
     * @param part where an experiment file names it, as in {@code data.train}
     */
    Samples(String part, Dataset dataset, boolean skipBad) {
        this.part = part;
        this.dataset = dataset;
        this.skipBad = skipBad;
    }

    public String part() {
        return part;
    }

    @Override
    public DatasetInfo info() {
        return dataset.info();
    }

    @Override
    public int size() {
        return dataset.size();
    }

    @Override
    public int[] order(Random random) {
        return dataset.order(random);
    }

    @Override
    public List<String> problems() {
        return dataset.problems();
    }

    /** How many samples were passed over so far. */
    public int skipped() {
        return bad.size();
    }

    /** The sample; the next one that can be read, when this one is passed over. */
    @Override
    public Sample get(int index) {
        for (int i = 0; i < size(); i++) {
            Optional<Sample> sample = find((index + i) % size());
            if (sample.isPresent()) {
                return sample.get();
            }
        }
        throw new UserException("None of the %s samples of %s can be read; the log says why".formatted(size(), part));
    }

    /** The sample; nothing when it is passed over. */
    public Optional<Sample> find(int index) {
        if (bad.contains(index)) {
            return Optional.empty();
        }
        try {
            return Optional.of(dataset.get(index));
        } catch (UserException e) {
            if (!skipBad) {
                throw e;
            }
            if (bad.add(index)) {
                LOG.warn("{}: sample {} is skipped: {}", part, index, e.getMessage());
            }
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        dataset.close();
    }
}
