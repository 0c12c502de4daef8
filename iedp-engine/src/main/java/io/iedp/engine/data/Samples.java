package io.iedp.engine.data;

import io.iedp.api.UserException;
import io.iedp.api.data.Dataset;
import io.iedp.api.data.DatasetInfo;
import io.iedp.api.data.Sample;
import io.iedp.api.data.SampleCheck;
import io.iedp.api.data.SampleOutline;
import java.util.ArrayList;
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
    private final SampleCheck check;
    private final boolean skipBad;
    private final List<String> unfit = new ArrayList<>();
    private final Set<Integer> bad = ConcurrentHashMap.newKeySet();

    /**
     * @param part where an experiment file names it, as in {@code data.train}
     * @param check what is asked of each sample; those that are known before they are read are looked at now
     */
    Samples(String part, Dataset dataset, SampleCheck check, boolean skipBad) {
        this.part = part;
        this.dataset = dataset;
        this.check = check;
        this.skipBad = skipBad;
        for (int i = 0; i < dataset.size(); i++) {
            Optional<String> problem = dataset.outline(i).flatMap(check::problem);
            if (problem.isPresent()) {
                unfit.add(problem.get());
                if (skipBad) {
                    skip(i, problem.get());
                }
            }
        }
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

    /** Samples that lack what the check asks for, as far as that shows without reading them: a sentence each. */
    List<String> unfit() {
        return List.copyOf(unfit);
    }

    @Override
    public Optional<SampleOutline> outline(int index) {
        return dataset.outline(index);
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
        throw new UserException("None of the %s samples of %s can be used; the log says why".formatted(size(), part));
    }

    /** The sample; nothing when it is passed over. */
    public Optional<Sample> find(int index) {
        if (bad.contains(index)) {
            return Optional.empty();
        }
        try {
            Sample sample = dataset.get(index);
            check.require(sample);
            return Optional.of(sample);
        } catch (UserException e) {
            if (!skipBad) {
                throw e;
            }
            skip(index, e.getMessage());
            return Optional.empty();
        }
    }

    private void skip(int index, String problem) {
        if (bad.add(index)) {
            LOG.warn("{}: sample {} is skipped: {}", part, index, problem);
        }
    }

    @Override
    public void close() {
        dataset.close();
    }
}
