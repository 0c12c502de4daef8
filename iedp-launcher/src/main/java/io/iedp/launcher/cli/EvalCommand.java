package io.iedp.launcher.cli;

import io.iedp.api.UserException;
import io.iedp.api.task.MetricReport;
import io.iedp.api.task.MetricTable;
import io.iedp.config.experiment.Experiment;
import io.iedp.engine.run.RunFolder;
import io.iedp.engine.run.RunPlugins;
import io.iedp.engine.training.Prompts;
import io.iedp.engine.training.Session;
import io.iedp.engine.training.StopSignal;
import io.iedp.io.file.AtomicFiles;
import io.iedp.io.text.ShellWord;
import io.iedp.launcher.report.MetricFiles;
import io.iedp.launcher.report.TextTable;
import io.iedp.launcher.run.RunResult;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code iedp eval}. */
@Command(name = "eval", description = "Measures a trained run again, perhaps on other data.")
final class EvalCommand implements Runnable {
    @ParentCommand
    private Iedp root;

    @Spec
    private CommandSpec spec;

    @Mixin
    private RunArgument run;

    @Parameters(
            index = "1..*",
            paramLabel = "KEY.PATH=VALUE",
            description = "Settings that override those of the run, as in data.val.root=/other/data.")
    private List<String> overrides = List.of();

    @Option(
            names = "--limit-batches",
            paramLabel = "N",
            description = "Measure N batches only (of up to 8 pictures of one size).")
    private Integer limit;

    @Option(names = "--skip-bad", description = "Go on without samples that cannot be read; they are counted.")
    private boolean skipBad;

    @Option(names = "--best", description = "Take the weights that were the best in training, not the last ones.")
    private boolean best;

    @Option(
            names = "--prompts",
            paramLabel = "KIND",
            split = ",",
            description =
                    "Measure what words are worth: each guidance branch that is told words about a picture guides the model "
                            + "alone, told the truth (true), nothing (empty), the words of another picture (shuffled) or of the one "
                            + "with the least in common (wrong); several kinds are joined by commas.")
    private List<Prompts> prompts = List.of();

    @Option(
            names = "--to",
            paramLabel = "DIR",
            description =
                    "Where the figures go: metrics.json, and a CSV file for each table (default: RUN/evaluation; evaluation in this folder for a model that comes with IEDP).")
    private Path to;

    @Override
    public void run() {
        RunFolder folder = run.open(root.catalog());
        Experiment experiment = RunPlugins.reading(folder, () -> root.loader().load(folder.experiment(), overrides))
                .experiment();
        PrintWriter out = spec.commandLine().getOut();
        try (Session session = Session.open(experiment, skipBad, false, new Console(out)::advanced)) {
            session.restore(folder.weights(best));
            Path target = to == null ? run.inside(folder, "evaluation") : to;
            if (!prompts.isEmpty()) {
                List<MetricTable> tables = session.evaluate(prompts, TrainCommand.limit(limit), new StopSignal());
                tables.forEach(table ->
                        out.println("%s%n%s".formatted(table.title(), TextTable.of(table.columns(), table.rows()))));
                write(target, tables, Optional.empty());
            } else {
                MetricReport report = session.evaluate(TrainCommand.limit(limit));
                report.tables().forEach(table -> out.println(TextTable.of(table.columns(), table.rows())));
                List<List<String>> rows = new ArrayList<>();
                report.values()
                        .forEach((name, value) -> rows.add(List.of(name, String.format(Locale.ROOT, "%.4f", value))));
                out.print(TextTable.of(List.of("metric", "value"), rows));
                write(target, report.tables(), Optional.of(new RunResult(session.goal(), report.values())));
            }
            session.skipped()
                    .forEach((part, count) -> out.printf(
                            "%s of the samples of %s could not be used; 'iedp data check %s' names them%n",
                            count, part, ShellWord.quote(folder.experiment().toString())));
            out.flush();
        }
    }

    private static void write(Path folder, List<MetricTable> tables, Optional<RunResult> result) {
        try {
            Files.createDirectories(folder);
            for (MetricTable table : tables) {
                MetricFiles.write(folder, table);
            }
            if (result.isPresent()) {
                AtomicFiles.write(folder.resolve("metrics.json"), result.get().json());
            }
        } catch (IOException e) {
            throw new UserException("The figures cannot be written to %s: %s".formatted(folder, e), e);
        }
    }
}
