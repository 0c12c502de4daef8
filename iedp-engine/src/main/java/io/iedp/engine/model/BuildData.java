package io.iedp.engine.model;

import io.iedp.api.UserException;
import io.iedp.api.data.ClassInfo;
import io.iedp.api.data.Dataset;
import io.iedp.api.data.DatasetFactory;
import io.iedp.api.data.DatasetInfo;
import io.iedp.config.experiment.Component;
import io.iedp.config.experiment.DataSeed;
import io.iedp.config.experiment.Experiment;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The classes and ranges that a model is built for when it is timed or exported untrained: those of the experiment's data; without it, those that
 * its type is known to have; else made-up ones.
 *
 * @param note why they are not read from the data, if they are not
 */
public record BuildData(DatasetInfo info, Optional<String> note) {
    /** As many as ADE20K has. */
    static final int CLASSES = 150;

    /** In metres, as NYU Depth v2 has it. */
    static final double MAX_DEPTH = 10;

    public static BuildData of(Experiment experiment) {
        Component chosen = experiment.withDataInMemory().data().train();
        try {
            return new BuildData(opened(chosen, experiment), Optional.empty());
        } catch (UserException e) {
            return known(chosen)
                    .map(info -> new BuildData(info, note(e, "the classes that '%s' has", chosen.type())))
                    .orElseGet(() -> new BuildData(
                            standIn(), note(e, "%s made-up classes in their place", Integer.toString(CLASSES))));
        }
    }

    /** Those of the experiment's data, or those that its type is known to have; none if neither is known. */
    public static Optional<DatasetInfo> known(Experiment experiment) {
        Component chosen = experiment.withDataInMemory().data().train();
        try {
            return Optional.of(opened(chosen, experiment));
        } catch (UserException e) {
            return known(chosen);
        }
    }

    private static DatasetInfo opened(Component chosen, Experiment experiment) {
        try (Dataset dataset = chosen.create(DataSeed.ofTraining(experiment.seed()))) {
            return dataset.info();
        }
    }

    private static Optional<String> note(UserException failure, String instead, String detail) {
        return Optional.of("data.train cannot be opened; the model is timed with %s. %s"
                .formatted(instead.formatted(detail), failure.getMessage()));
    }

    @SuppressWarnings("unchecked") // the component's configuration is checked to be that of its factory
    private static Optional<DatasetInfo> known(Component chosen) {
        DatasetFactory<Record> factory =
                (DatasetFactory<Record>) chosen.installed().factory();
        return chosen.within(() -> factory.info(chosen.configuration()));
    }

    private static DatasetInfo standIn() {
        List<ClassInfo> classes = IntStream.rangeClosed(1, CLASSES)
                .mapToObj(i -> new ClassInfo("class " + i, i))
                .toList();
        return new DatasetInfo(classes, MAX_DEPTH);
    }
}
