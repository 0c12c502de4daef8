package io.iedp.engine.data;

import io.iedp.api.UserException;
import io.iedp.config.experiment.DataSeed;
import io.iedp.config.experiment.Experiment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The samples of a run: what is trained on, what is measured on, and what happens to them before. */
public record TrainingData(Experiment experiment, Samples train, Samples val, Augmentation augmentation)
        implements AutoCloseable {
    private static final int SHOWN = 10;

    public TrainingData {
        if (train.size() == 0 || val.size() == 0) {
            throw new UserException("%s has no samples".formatted(train.size() == 0 ? "data.train" : "data.val"));
        }
        if (!train.info().classNames().equals(val.info().classNames())) {
            throw new UserException("data.train and data.val have different classes: %s and %s"
                    .formatted(train.info().classNames(), val.info().classNames()));
        }
    }

    /** Opens both data sets; a sample that cannot be read stops the run. */
    public static TrainingData open(Experiment experiment) {
        return open(experiment, false);
    }

    /**
     * Opens both data sets, each with a seed of its own.
     *
     * @param skipBad whether samples that cannot be read are passed over
     * @throws UserException if the data is missing or contradicts itself
     */
    public static TrainingData open(Experiment experiment, boolean skipBad) {
        Experiment.Data data = experiment.data();
        Samples train = new Samples("data.train", data.train().create(DataSeed.ofTraining(experiment.seed())), skipBad);
        Samples val = new Samples("data.val", data.val().create(DataSeed.ofValidation(experiment.seed())), skipBad);
        if (!skipBad) {
            refuse(train, val);
        }
        return new TrainingData(experiment, train, val, Augmentation.of(experiment));
    }

    /** Says all that shows before a file is read at once. */
    private static void refuse(Samples... parts) {
        List<String> lines = new ArrayList<>();
        for (Samples part : parts) {
            List<String> problems = part.problems();
            if (!problems.isEmpty()) {
                lines.add("%s has %s missing or unusable files:".formatted(part.part(), problems.size()));
                problems.stream().limit(SHOWN).forEach(problem -> lines.add("  " + problem));
                if (problems.size() > SHOWN) {
                    lines.add("  and %s more".formatted(problems.size() - SHOWN));
                }
            }
        }
        if (!lines.isEmpty()) {
            lines.add("'data check' looks into all files; with --skip-bad, training goes on without the bad ones.");
            throw new UserException(String.join(System.lineSeparator(), lines));
        }
    }

    /** How many samples of each part were passed over so far, for those where some were. */
    public Map<String, Integer> skipped() {
        Map<String, Integer> skipped = new LinkedHashMap<>();
        for (Samples part : List.of(train, val)) {
            if (part.skipped() > 0) {
                skipped.put(part.part(), part.skipped());
            }
        }
        return skipped;
    }

    @Override
    public void close() {
        train.close();
        val.close();
    }

    /** The training batches from one number, counted from 0, up to another. */
    public BatchLoader batches(long first, long end) {
        return new BatchLoader(
                train,
                augmentation,
                experiment.training().batch(),
                experiment.data().workers(),
                first,
                end);
    }
}
