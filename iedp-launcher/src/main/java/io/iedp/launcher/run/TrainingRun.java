package io.iedp.launcher.run;

import com.google.gson.GsonBuilder;
import io.iedp.api.UserException;
import io.iedp.api.hook.Evaluation;
import io.iedp.api.hook.Example;
import io.iedp.api.hook.Hook;
import io.iedp.api.hook.StepReport;
import io.iedp.api.task.MetricReport;
import io.iedp.api.task.MetricTable;
import io.iedp.config.Loaded;
import io.iedp.config.experiment.Experiment;
import io.iedp.engine.model.Initialized;
import io.iedp.engine.run.DataDescription;
import io.iedp.engine.run.RunFolder;
import io.iedp.engine.run.ServingProperties;
import io.iedp.engine.training.Checkpoints;
import io.iedp.engine.training.Measured;
import io.iedp.engine.training.Prompts;
import io.iedp.engine.training.Session;
import io.iedp.engine.training.StopSignal;
import io.iedp.engine.training.StoppedException;
import io.iedp.engine.training.TrainingOptions;
import io.iedp.io.file.AtomicFiles;
import io.iedp.io.file.Folders;
import io.iedp.launcher.report.History;
import io.iedp.launcher.report.RunReport;
import io.iedp.launcher.report.TextTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One experiment from its data to its report. */
public final class TrainingRun {
    private static final Logger LOG = LoggerFactory.getLogger(TrainingRun.class);

    private Loaded loaded;
    private final Experiment experiment;
    private final RunOptions options;
    private final Progress progress;
    private final StopSignal stop = new StopSignal();

    public TrainingRun(Loaded loaded, RunOptions options, Progress progress) {
        this.loaded = loaded;
        this.experiment = loaded.experiment();
        this.options = options;
        this.progress = progress;
    }

    /**
     * Trains, evaluates and reports. A new run that cannot begin leaves no folder.
     *
     * @return the run's folder
     * @throws UserException if the run cannot begin, or cannot go on
     * @throws StoppedException if the process was asked to end
     */
    public Path execute() {
        MissingWeights.bring(experiment);
        loaded = loaded.resolvedAgain();
        RunFolder folder = folder();
        try (Interruption interruption = Interruption.watch(stop, this::say);
                RunLock lock = RunLock.of(folder);
                RunLog log = RunLog.open(folder.log())) {
            boolean isNew = Files.notExists(folder.experiment());
            try {
                Instant start = Instant.now();
                boolean resumed =
                        options.resume() && Checkpoints.newest(folder.path()).isPresent();
                say("%s: run folder %s".formatted(experiment.name(), folder.path()));
                if (resumed) {
                    Resumption.check(folder, loaded.resolvedYaml(), this::say);
                }
                write(folder.experiment(), loaded.resolvedYaml());
                Files.deleteIfExists(folder.result());
                DataExport.ifMissing(experiment, progress, stop);
                report(folder, start, resumed);
            } catch (StoppedException e) {
                say(stopped(folder));
                throw e;
            } catch (IOException e) {
                throw new UserException("%s cannot be written: %s".formatted(folder.result(), e.getMessage()), e);
            } catch (RuntimeException | Error e) {
                LOG.error("The run failed", e);
                if (e instanceof UserException && isNew && !hasBegun(folder)) {
                    delete(folder);
                } else {
                    progress.say("The run stopped; its log is %s".formatted(folder.log()));
                }
                throw e;
            }
        }
        return folder.path();
    }

    /** Whether its data and its model were found fit. */
    private static boolean hasBegun(RunFolder folder) {
        return Files.exists(folder.environment());
    }

    private static void delete(RunFolder folder) {
        try {
            Folders.delete(folder.path());
        } catch (IOException e) {
            LOG.warn("{} cannot be deleted", folder.path(), e);
        }
    }

    private RunFolder folder() {
        if (options.resume()) {
            Optional<RunFolder> earlier = options.run()
                    .map(RunFolder::started)
                    .or(() -> RunFolder.newest(experiment.output(), experiment.name()));
            if (earlier.isPresent()) {
                return earlier.get();
            }
            progress.say("There is no run of '%s' in %s to go on with; this is the first"
                    .formatted(experiment.name(), experiment.output()));
        }
        return RunFolder.create(experiment.output(), experiment.name());
    }

    private void report(RunFolder folder, Instant start, boolean resumed) {
        History history = new History();
        List<Measured> measured = new ArrayList<>();
        RunReport report;
        try (Session session = Session.open(experiment, options.skipBad(), true, progress::advanced)) {
            write(folder.data(), DataDescription.write(session.info(), session.sampleSize()));
            if (experiment.objective().isEmpty()) {
                write(folder.serving(), ServingProperties.TEXT);
            }
            if (!resumed) {
                options.initialWeights().ifPresent(file -> initialize(session, file));
            }
            List<Prompts> prompts = experiment.report().prompts() ? session.prompts() : List.of();
            Map<String, String> environment = Environment.of(experiment, session.device(), session.frozenWeights());
            write(folder.environment(), json(environment));
            session.notes().forEach(note -> say("Note: " + note));
            say("Training %s steps of %s samples on %s"
                    .formatted(
                            experiment.training().steps(),
                            experiment.training().batch()
                                    * experiment.training().accumulate(),
                            session.device()));
            Recorder recorder = new Recorder(
                    folder, history, progress, experiment.training().logEvery(), this::say);
            measured.add(new Measured("this run", train(folder, session, environment, recorder, history, resumed)));
            publish(folder, session);
            if (!prompts.isEmpty()) {
                measured.set(
                        0, new Measured("this run", withPrompts(measured.get(0).metrics(), session, prompts)));
            }
            if (experiment.report().baseline()) {
                session.baseline(options.limit(), stop).ifPresent(measured::add);
            }
            List<Example> examples = session.examples(experiment.report().samples(), stop);
            session.skipped()
                    .forEach((part, count) -> say("%s of the samples of %s could not be used; %s names them"
                            .formatted(count, part, folder.log())));
            loaded.references().forEach((name, reference) -> measured.add(measure(name, reference)));
            Map<String, String> facts = new LinkedHashMap<>(environment);
            recorder.last().ifPresent(step -> facts.putAll(RunPage.speed(step)));
            facts.put("duration", Durations.show(Duration.between(start, Instant.now())));
            report = new RunReport(
                    experiment.name(),
                    session.goal(),
                    RunReport.Stage.DONE,
                    Map.of(),
                    measured,
                    history,
                    examples,
                    session.legend(),
                    facts,
                    loaded.resolvedYaml());
        }
        MetricReport own = measured.get(0).metrics();
        write(folder.result(), new RunResult(report.goal(), own.values()).json());
        try {
            report.write(folder.path());
        } catch (RuntimeException e) {
            LOG.error("The report is not whole", e);
            say("The run is done, but its report is not whole: " + e.getMessage());
        }
        own.tables().forEach(table -> say(TextTable.of(table.columns(), table.rows())));
        say(TextTable.of(report.comparison().columns(), report.comparison().rows()));
    }

    private MetricReport withPrompts(MetricReport own, Session session, List<Prompts> prompts) {
        List<MetricTable> tables = new ArrayList<>(own.tables());
        tables.addAll(session.evaluate(prompts, options.limit(), stop));
        return new MetricReport(own.values(), tables);
    }

    private void publish(RunFolder folder, Session session) {
        if (experiment.objective().isPresent()) {
            session.restore(folder.weights(false));
            session.publish(folder.published());
            say("What was learned is in %s, as other programs read it".formatted(folder.published()));
        }
    }

    private MetricReport train(
            RunFolder folder,
            Session session,
            Map<String, String> environment,
            Recorder recorder,
            History history,
            boolean resumed) {
        StopSignal own = stop.sharingInterrupts();
        Map<String, Hook> hooks = new LinkedHashMap<>();
        hooks.put("recorder", recorder);
        hooks.put(
                "page",
                new RunPage(
                        experiment.name(),
                        folder.path(),
                        session.goal(),
                        history,
                        environment,
                        loaded.resolvedYaml(),
                        resuming(folder)));
        hooks.putAll(RunHooks.create(
                experiment, folder, session.goal(), loaded.resolvedYaml(), environment, own, this::say));
        Checkpoints checkpoints = new Checkpoints(
                folder.path(), experiment.checkpoint().keep(), loaded.resolvedYaml(), versions(environment));
        checkpoints.clean();
        return session.train(new TrainingOptions(
                        options.limit(),
                        own,
                        hooks,
                        Optional.of(checkpoints),
                        resumed,
                        options.initialWeights().isPresent(),
                        this::say))
                .orElseThrow(() -> new StoppedException("Stopped in training"));
    }

    private String stopped(RunFolder folder) {
        String why = "Stopped, since " + stop.reason().orElse("it was asked to");
        return Checkpoints.newest(folder.path()).isEmpty()
                ? why
                : "%s; the state is saved, and this goes on:%n  %s".formatted(why, resuming(folder));
    }

    private String resuming(RunFolder folder) {
        return Resumption.command(folder, experiment.pluginPlaces(), options.skipBad());
    }

    /** What makes results differ in the last digits, or more. */
    private static Map<String, String> versions(Map<String, String> environment) {
        Map<String, String> versions = new LinkedHashMap<>(environment);
        versions.keySet()
                .removeIf(name -> !name.matches("iedp|engine|native library|device|threads|frozen weights of .*"));
        return versions;
    }

    private void initialize(Session session, Path file) {
        Initialized initialized = session.initialize(file);
        say(
                "%s: %s arrays taken, %s of the model are not in it or of another shape, %s of it are not used; the log names them"
                        .formatted(
                                file,
                                initialized.taken().size(),
                                initialized.kept().size(),
                                initialized.unused().size()));
        initialized.taken().forEach(name -> LOG.info("taken:      {}", name));
        initialized.kept().forEach(LOG::info);
        initialized.unused().forEach(LOG::info);
    }

    private Measured measure(String name, Experiment reference) {
        say("Training the reference '%s'".formatted(name));
        try (Session session = Session.open(reference, options.skipBad(), false, progress::advanced)) {
            Hook hook = new Hook() {
                @Override
                public void afterStep(StepReport step) {
                    progress.stepped(name, step, experiment.training().logEvery());
                }

                @Override
                public void evaluated(Evaluation evaluation) {
                    LOG.info(
                            "{} step {}: {}",
                            name,
                            evaluation.step(),
                            evaluation.metrics().values());
                }
            };
            return session.train(TrainingOptions.plain(options.limit(), stop.sharingInterrupts(), hook))
                    .map(metrics -> new Measured(name, metrics))
                    .orElseThrow(() -> new StoppedException("Stopped in the training of a reference"));
        }
    }

    private void say(String line) {
        LOG.info(line);
        progress.say(line);
    }

    private static String json(Map<String, String> facts) {
        return new GsonBuilder()
                        .setPrettyPrinting()
                        .disableHtmlEscaping()
                        .create()
                        .toJson(facts) + "\n";
    }

    private static void write(Path file, String text) {
        try {
            AtomicFiles.write(file, text);
        } catch (IOException e) {
            throw new UserException("%s cannot be written: %s".formatted(file, e.getMessage()), e);
        }
    }
}
