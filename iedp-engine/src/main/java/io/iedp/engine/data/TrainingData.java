package io.iedp.engine.data;

import io.iedp.api.UserException;
import io.iedp.api.data.Dataset;
import io.iedp.api.data.Sample;
import io.iedp.config.experiment.DataSeed;
import io.iedp.config.experiment.Experiment;
import io.iedp.engine.run.DataDescription;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * The samples of a run: what is trained on, what is measured on, and what happens to them before.
 *
 * @param val says the classes of {@code train}, or none
 * @param advance hears how many were measured on
 */
public record TrainingData(
        Experiment experiment, Samples train, Samples val, Augmentation augmentation, Advance advance)
        implements AutoCloseable {
    private static final int SHOWN = 10;
    private static final int PROBED = 8;

    public TrainingData {
        if (train.size() == 0 || val.size() == 0) {
            throw new UserException("%s has no samples".formatted(train.size() == 0 ? "data.train" : "data.val"));
        }
        List<String> measured = val.info().classNames();
        if (!measured.isEmpty() && !train.info().classNames().equals(measured)) {
            throw new UserException("data.train and data.val have different classes: %s and %s"
                    .formatted(train.info().classNames(), measured));
        }
    }

    /** Opens both data sets; a sample that cannot be read stops the run. */
    public static TrainingData open(Experiment experiment) {
        return open(experiment, false, Advance.UNHEARD);
    }

    /**
     * Opens both data sets, each with a seed of its own.
     *
     * @param skipBad whether samples that cannot be read are passed over
     * @param advance hears how many samples were measured on
     * @throws UserException if the data is missing or contradicts itself
     */
    public static TrainingData open(Experiment experiment, boolean skipBad, Advance advance) {
        Experiment.Data data = experiment.data();
        Dataset training = data.train().create(DataSeed.ofTraining(experiment.seed()));
        Dataset validation = data.val().create(DataSeed.ofValidation(experiment.seed()));
        SampleChecks checks = SampleChecks.of(experiment, training.info());
        Samples train = new Samples("data.train", training, checks.training(), skipBad);
        Samples val = new Samples("data.val", validation, checks.validation(), skipBad);
        if (!skipBad) {
            refuse(train, val);
        }
        return new TrainingData(experiment, train, val, Augmentation.of(experiment), advance);
    }

    /** Says all that shows before a file is read at once. */
    private static void refuse(Samples... parts) {
        List<String> lines = new ArrayList<>();
        for (Samples part : parts) {
            add(lines, "%s has %s missing or unusable files:", part.part(), part.problems());
            add(lines, "%s: %s of its " + part.size() + " samples cannot be used:", part.part(), part.unfit());
        }
        if (!lines.isEmpty()) {
            lines.add(
                    Arrays.stream(parts).anyMatch(part -> part.unfit().size() == part.size())
                            ? "'data check' looks into all files."
                            : "'data check' looks into all files; 'train --skip-bad' and 'eval --skip-bad' go on without the bad ones.");
            throw new UserException(String.join(System.lineSeparator(), lines));
        }
    }

    private static void add(List<String> lines, String heading, String part, List<String> problems) {
        if (!problems.isEmpty()) {
            lines.add(heading.formatted(part, problems.size()));
            problems.stream().limit(SHOWN).forEach(problem -> lines.add("  " + problem));
            if (problems.size() > SHOWN) {
                lines.add("  and %s more".formatted(problems.size() - SHOWN));
            }
        }
    }

    /**
     * Looks at some samples whether batches can be made of them.
     *
     * @throws UserException if not
     */
    public void requireOneSize() {
        if (experiment.training().batch() > 1) {
            IntStream some = IntStream.range(0, PROBED)
                    .map(i -> (int) ((long) i * train.size() / PROBED))
                    .distinct()
                    .filter(index -> train.find(index).isPresent());
            BatchSizes.problem(train, some, augmentation).ifPresent(problem -> {
                throw new UserException(problem);
            });
        }
    }

    /**
     * The size of a training sample after its changes.
     *
     * @throws UserException if there is none that can be read
     */
    public DataDescription.Size sampleSize() {
        Sample sample = IntStream.range(0, train.size())
                .mapToObj(train::find)
                .flatMap(Optional::stream)
                .findFirst()
                .map(first -> augmentation.apply(first, 0))
                .orElseThrow(() -> new UserException("data.train has no sample that can be read"));
        return new DataDescription.Size(sample.image().width(), sample.image().height());
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
        return batches(first, end, UnaryOperator.identity());
    }

    /**
     * {@link #batches(long, long)} of samples that are prepared after all other changes, by the threads that read them.
     */
    public BatchLoader batches(long first, long end, UnaryOperator<Sample> preparation) {
        return new BatchLoader(
                train,
                augmentation,
                preparation,
                experiment.training().batch(),
                experiment.data().workers(),
                first,
                end);
    }
}
