package io.iedp.launcher.cli;

import io.iedp.api.UserException;
import io.iedp.config.ComponentBinder;
import io.iedp.config.experiment.Component;
import io.iedp.config.experiment.Experiment;
import io.iedp.config.plugin.Kind;
import io.iedp.engine.bench.DataBenchmark;
import io.iedp.engine.training.StopSignal;
import io.iedp.launcher.data.DatasetCheck;
import io.iedp.launcher.report.TextTable;
import io.iedp.launcher.run.DataCheck;
import io.iedp.launcher.run.DataExport;
import io.iedp.launcher.run.DataSheet;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code iedp data}. */
@Command(
        name = "data",
        description = "Works on data sets.",
        subcommands = {
            DataCommand.Export.class,
            DataCommand.Check.class,
            DataCommand.Show.class,
            DataCommand.Bench.class
        })
final class DataCommand implements Runnable {
    @ParentCommand
    private Iedp root;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                spec.commandLine(),
                "Which command? There is: data check FILE, data show FILE, data bench FILE, data export TYPE DIR");
    }

    /** {@code iedp data export}. */
    @Command(name = "export", description = "Writes a data set to disk in the layout of ADE20K.")
    static final class Export implements Runnable {
        @ParentCommand
        private DataCommand parent;

        @Spec
        private CommandSpec spec;

        @Parameters(index = "0", paramLabel = "TYPE", description = "The data set, such as rooms.")
        private String type;

        @Parameters(index = "1", paramLabel = "DIR", description = "The folder to write; new, or an earlier export's.")
        private Path folder;

        @Parameters(
                index = "2..*",
                paramLabel = "PART.KEY=VALUE",
                description = "Settings of the parts, as in train.count=1000 or val.count=100.")
        private List<String> settings = List.of();

        @Option(names = "--seed", defaultValue = "0", description = "Seed of all random choices (default: 0).")
        private long seed;

        @Override
        public void run() {
            PrintWriter out = spec.commandLine().getOut();
            Map<String, Component> parts = parts();
            DataExport.write(parts.get("train"), parts.get("val"), seed, folder, new Console(out), new StopSignal());
            out.printf("The data is in %s%n", folder);
            out.flush();
        }

        private Map<String, Component> parts() {
            for (String setting : settings) {
                if (!setting.matches("(?s)(train|val)\\..*")) {
                    throw new UserException(
                            "'%s' must begin with train. or val., as in train.count=1000".formatted(setting));
                }
            }
            return ComponentBinder.bindParts(
                    parent.root.catalog(), Kind.DATASET, type, List.of("train", "val"), settings);
        }
    }

    /** {@code iedp data check}. */
    @Command(
            name = "check",
            description =
                    "Reads all training and validation samples of an experiment; says what is in them and what is wrong.")
    static final class Check implements Callable<Integer> {
        @ParentCommand
        private DataCommand parent;

        @Spec
        private CommandSpec spec;

        @Mixin
        private ExperimentFile file;

        @Option(
                names = "--show",
                paramLabel = "N",
                defaultValue = "20",
                description = "Problems to list; all are counted (default: ${DEFAULT-VALUE}).")
        private int shown;

        @Override
        public Integer call() {
            PrintWriter out = spec.commandLine().getOut();
            Experiment experiment = file.load(parent.root.loader()).experiment().withDataInMemory();
            DatasetCheck.Findings findings = DataCheck.of(experiment, new Console(out));
            findings.summaries().forEach(out::println);
            findings.notes().forEach(note -> out.println(Screen.text("Note: " + note)));
            List<String> problems = findings.problems();
            out.println(
                    problems.isEmpty()
                            ? "Nothing is wrong."
                            : problems.size() == 1 ? "1 problem:" : "%s problems:".formatted(problems.size()));
            problems.stream().limit(Math.max(0, shown)).forEach(problem -> out.println(Screen.text("  " + problem)));
            if (problems.size() > shown) {
                out.printf("  and %s more; --show=N lists N%n", problems.size() - Math.max(0, shown));
            }
            out.flush();
            return problems.isEmpty() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.USAGE;
        }
    }

    /** {@code iedp data show}. */
    @Command(
            name = "show",
            description = "Draws training samples as training sees them, after augmentation, with their targets.")
    static final class Show implements Runnable {
        @ParentCommand
        private DataCommand parent;

        @Spec
        private CommandSpec spec;

        @Mixin
        private ExperimentFile file;

        @Option(
                names = "--count",
                paramLabel = "N",
                defaultValue = "8",
                description = "Samples, evenly spread over the data (default: ${DEFAULT-VALUE}).")
        private int count;

        @Option(
                names = "--to",
                paramLabel = "FILE.png",
                defaultValue = "samples.png",
                description = "The picture to write (default: ${DEFAULT-VALUE}).")
        private Path to;

        @Override
        public void run() {
            if (count < 1) {
                throw new UserException("--count must be at least 1, not " + count);
            }
            DataSheet.write(file.load(parent.root.loader()).experiment().withDataInMemory(), count, to);
            PrintWriter out = spec.commandLine().getOut();
            out.printf("The samples are in %s%n", to);
            out.flush();
        }
    }

    /** {@code iedp data bench}. */
    @Command(name = "bench", description = "Times how fast training samples are read and changed, without a model.")
    static final class Bench implements Runnable {
        @ParentCommand
        private DataCommand parent;

        @Spec
        private CommandSpec spec;

        @Mixin
        private ExperimentFile file;

        @Option(
                names = "--samples",
                paramLabel = "N",
                defaultValue = "500",
                description = "How many are read in each row of the table (default: ${DEFAULT-VALUE}).")
        private int samples;

        @Override
        public void run() {
            if (samples < 1) {
                throw new UserException("--samples must be at least 1, not " + samples);
            }
            PrintWriter out = spec.commandLine().getOut();
            List<List<String>> rows = new ArrayList<>();
            Experiment experiment = file.load(parent.root.loader()).experiment().withDataInMemory();
            for (DataBenchmark.Row row : DataBenchmark.of(experiment, samples)) {
                rows.add(List.of(
                        row.stage(),
                        String.valueOf(row.workers()),
                        String.valueOf(row.samples()),
                        String.format(Locale.ROOT, "%.1f", row.samplesPerSecond())));
            }
            out.print(TextTable.of(List.of("stage", "threads", "samples", "images/s"), rows));
            out.flush();
        }
    }
}
