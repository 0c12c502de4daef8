package io.iedp.launcher.run;

import io.iedp.api.UserException;
import io.iedp.api.io.AtomicFiles;
import io.iedp.api.task.MetricReport;
import io.iedp.launcher.config.Loaded;
import io.iedp.launcher.engine.Limit;
import io.iedp.launcher.engine.Measured;
import io.iedp.launcher.engine.Session;
import io.iedp.launcher.engine.StepReport;
import io.iedp.launcher.engine.TrainingListener;
import io.iedp.launcher.experiment.Experiment;
import io.iedp.launcher.report.History;
import io.iedp.launcher.report.RunReport;
import io.iedp.launcher.report.RunTables;
import io.iedp.launcher.report.TextTable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/** One experiment from its data to its report. */
public final class TrainingRun {
    private static final Logger LOG = LogManager.getLogger(TrainingRun.class);

    private final Loaded loaded;
    private final Experiment experiment;
    private final Limit limit;
    private final boolean skipBad;
    private final Progress progress;

    /**
     * @param skipBad whether samples that cannot be read are passed over
     */
    public TrainingRun(Loaded loaded, Limit limit, boolean skipBad, Progress progress) {
        this.loaded = loaded;
        this.experiment = loaded.experiment();
        this.limit = limit;
        this.skipBad = skipBad;
        this.progress = progress;
    }

    /**
     * Trains, evaluates and reports.
     *
     * @return the run's folder
     */
    public Path execute() {
        RunFolder folder = RunFolder.create(experiment.output(), experiment.name());
        try (RunLog log = RunLog.open(folder.log())) {
            try {
                Instant start = Instant.now();
                write(folder.experiment(), loaded.resolvedYaml());
                say("%s: run folder %s".formatted(experiment.name(), folder.path()));
                DataExport.ifMissing(experiment, progress);
                report(folder, start);
            } catch (RuntimeException | Error e) {
                LOG.error("The run failed", e);
                progress.say("The run stopped; its log is %s".formatted(folder.log()));
                throw e;
            }
        }
        return folder.path();
    }

    private void report(RunFolder folder, Instant start) {
        History history = new History();
        List<Measured> measured = new ArrayList<>();
        RunReport report;
        try (Session session = Session.open(experiment, skipBad)) {
            write(folder.data(), DataDescription.write(session.info()));
            say("Training %d steps of %d samples on %s"
                    .formatted(
                            experiment.training().steps(), experiment.training().batch(), session.device()));
            MetricReport metrics =
                    session.train(Optional.of(folder.checkpoint()), limit, new Recorder(folder, history));
            measured.add(new Measured("this run", metrics));
            if (experiment.report().baseline()) {
                session.baseline(limit).ifPresent(measured::add);
            }
            List<Session.Example> examples =
                    session.examples(experiment.report().samples());
            Map<String, String> environment = Environment.describe(session.device());
            session.skipped()
                    .forEach((part, count) -> say("%d of the samples of %s could not be read; %s names them"
                            .formatted(count, part, folder.log())));
            loaded.references().forEach((name, reference) -> measured.add(measure(name, reference)));
            environment = new LinkedHashMap<>(environment);
            environment.put("duration", Durations.show(Duration.between(start, Instant.now())));
            report = new RunReport(
                    experiment.name(),
                    session.goal(),
                    measured,
                    history,
                    examples,
                    session.legend(),
                    environment,
                    loaded.resolvedYaml());
        }
        report.write(folder.path());
        MetricReport own = measured.get(0).metrics();
        write(folder.result(), new RunResult(report.goal(), own.values()).json());
        own.tables().forEach(table -> say(TextTable.of(table.columns(), table.rows())));
        say(TextTable.of(report.comparison().columns(), report.comparison().rows()));
    }

    private Measured measure(String name, Experiment reference) {
        say("Training the reference '%s'".formatted(name));
        try (Session session = Session.open(reference, skipBad)) {
            MetricReport metrics = session.train(Optional.empty(), limit, new TrainingListener() {
                @Override
                public void stepped(StepReport step) {
                    progress.stepped(name, step, experiment.training().logEvery());
                }

                @Override
                public void evaluated(int step, MetricReport metrics) {
                    LOG.info("{} step {}: {}", name, step, metrics.values());
                }
            });
            return new Measured(name, metrics);
        }
    }

    /** Keeps what happens in training: in memory for the report, on disk, in the log, and on the screen. */
    private final class Recorder implements TrainingListener {
        private final History history;
        private final RunTables tables;

        Recorder(RunFolder folder, History history) {
            this.history = history;
            this.tables = new RunTables(folder.path());
        }

        @Override
        public void stepped(StepReport step) {
            history.stepped(step);
            tables.stepped(step);
            int every = experiment.training().logEvery();
            progress.stepped("training", step, every);
            if (step.step() % every == 0 || step.step() == step.steps()) {
                LOG.info(
                        "step {}/{} loss {} {} rate {} gradient {} images/s {} waiting {}",
                        step.step(),
                        step.steps(),
                        step.loss(),
                        step.branchLosses(),
                        step.learningRate(),
                        step.gradientNorm(),
                        step.imagesPerSecond(),
                        step.waitShare());
            }
        }

        @Override
        public void evaluated(int step, MetricReport metrics) {
            history.evaluated(step, metrics);
            tables.evaluated(step, metrics);
            StringBuilder line = new StringBuilder("step %d:".formatted(step));
            metrics.values().forEach((name, value) -> line.append("  %s %.4f".formatted(name, value)));
            say(line.toString());
        }
    }

    private void say(String line) {
        LOG.info(line);
        progress.say(line);
    }

    private static void write(Path file, String text) {
        try {
            AtomicFiles.write(file, text);
        } catch (IOException e) {
            throw new UserException("%s cannot be written: %s".formatted(file, e.getMessage()), e);
        }
    }
}
