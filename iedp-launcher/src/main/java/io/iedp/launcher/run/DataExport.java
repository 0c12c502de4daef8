package io.iedp.launcher.run;

import io.iedp.api.data.Dataset;
import io.iedp.config.experiment.Component;
import io.iedp.config.experiment.DataSeed;
import io.iedp.config.experiment.Experiment;
import io.iedp.engine.training.StopSignal;
import io.iedp.launcher.data.DatasetExporter;
import java.nio.file.Path;

/** Writes the data that an experiment makes for itself. */
public final class DataExport {
    private DataExport() {}

    /** Does what {@code data.export} says, unless exactly that was done before. */
    static void ifMissing(Experiment experiment, Progress progress, StopSignal stop) {
        experiment
                .data()
                .export()
                .ifPresent(
                        export -> write(export.train(), export.val(), experiment.seed(), export.to(), progress, stop));
    }

    /**
     * Writes two data sets as the parts of one, in the layout of ADE20K, each with a seed of its own.
     *
     * @throws io.iedp.engine.training.StoppedException soon after it is asked to end; the next time begins anew
     */
    public static void write(Component train, Component val, long seed, Path to, Progress progress, StopSignal stop) {
        String description = "seed " + seed + "\n"
                + "training: " + train.type() + " " + train.configuration() + "\n"
                + "validation: " + val.type() + " " + val.configuration() + "\n";
        DatasetExporter exporter = new DatasetExporter(to, (done, of) -> {
            stop.check();
            progress.advanced("writing data", done, of);
        });
        if (exporter.isDone(description)) {
            progress.say("The data in %s is there already.".formatted(to));
            return;
        }
        progress.say("Writing data to %s".formatted(to));
        try (Dataset training = train.create(DataSeed.ofTraining(seed));
                Dataset validation = val.create(DataSeed.ofValidation(seed))) {
            exporter.export(training, validation, description);
        }
    }
}
