package io.iedp.launcher.cli;

import io.iedp.api.UserException;
import io.iedp.config.Loaded;
import io.iedp.engine.run.RunFolder;
import io.iedp.engine.run.RunPlugins;
import io.iedp.engine.training.Limit;
import io.iedp.io.file.UserPath;
import io.iedp.launcher.run.DryRun;
import io.iedp.launcher.run.RunOptions;
import io.iedp.launcher.run.TrainingRun;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Stack;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code iedp train}. */
@Command(name = "train", description = "Trains, evaluates and reports one experiment.")
final class TrainCommand implements Callable<Integer> {
    @ParentCommand
    private Iedp root;

    @Spec
    private CommandSpec spec;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "FILE",
            description = "The experiment file; with --resume=RUN, that of the run unless another is given.")
    private String file;

    @Parameters(
            index = "1..*",
            paramLabel = "KEY.PATH=VALUE",
            description = "Settings that override those of the file, as in training.steps=100.")
    private List<String> overrides = List.of();

    @Option(
            names = "--dry-run",
            description = "Check the file, build the model, run one batch, show shapes and parameters; write nothing.")
    private boolean dryRun;

    @Option(
            names = "--limit-batches",
            paramLabel = "N",
            description =
                    "Stop after N training steps, and an evaluation after N batches (of up to 8 pictures of one size), to"
                            + " try things out.")
    private Integer limit;

    @Option(
            names = "--skip-bad",
            description = "Go on without samples that cannot be read; they are counted, and named in the log.")
    private boolean skipBad;

    @Option(
            names = "--resume",
            arity = "0..1",
            fallbackValue = "",
            parameterConsumer = ResumedRun.class,
            paramLabel = "RUN",
            description =
                    "Go on from the newest checkpoint of that run's folder, whose experiment file then need not be named; without one, of the newest run of this name.")
    private String resume;

    @Option(
            names = "--init-from",
            paramLabel = "WEIGHTS",
            description = "Begin with the weights of a file where names and shapes are the same.")
    private Path initialWeights;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Loaded loaded = load();
        if (dryRun) {
            out.print(DryRun.of(loaded.experiment(), skipBad));
            out.flush();
            return CommandLine.ExitCode.OK;
        }
        Path folder = new TrainingRun(loaded, options(), new Console(out)).execute();
        out.printf("The run is in %s; open %s%n", folder, folder.resolve("index.html"));
        out.flush();
        return CommandLine.ExitCode.OK;
    }

    private Loaded load() {
        Optional<Path> run = resumed();
        boolean isSetting = file != null && file.contains("=") && !Files.exists(UserPath.of(file));
        if (run.isPresent() && (file == null || isSetting)) {
            Stream<String> settings = Stream.concat(Stream.ofNullable(file), overrides.stream());
            RunFolder folder = RunFolder.started(run.get());
            return RunPlugins.reading(folder, () -> root.loader().load(folder.experiment(), settings.toList()));
        }
        if (file == null) {
            throw new ParameterException(
                    spec.commandLine(),
                    resume == null
                            ? "Missing required parameter: 'FILE'"
                            : "--resume needs the folder of the run, as in --resume=runs/NAME, or FILE for the newest of its name");
        }
        return root.loader().load(UserPath.of(file), overrides);
    }

    private Optional<Path> resumed() {
        return Optional.ofNullable(resume).filter(run -> !run.isEmpty()).map(UserPath::of);
    }

    private RunOptions options() {
        return new RunOptions(limit(limit), skipBad, resume != null, resumed(), Optional.ofNullable(initialWeights));
    }

    /**
     * Takes what is attached to the option for the folder of a run, and what follows it, unless that is a file, a setting or
     * another option.
     */
    static final class ResumedRun implements CommandLine.IParameterConsumer {
        @Override
        public void consumeParameters(Stack<String> left, ArgSpec option, CommandSpec command) {
            boolean named = !left.isEmpty() && (isAttached(left.peek(), command) || isRun(left.peek()));
            option.setValue(named ? left.pop() : "");
        }

        private static boolean isAttached(String run, CommandSpec command) {
            return command.commandLine().getParseResult().originalArgs().contains("--resume=" + run);
        }

        private static boolean isRun(String next) {
            Path path = UserPath.of(next);
            return Files.isDirectory(path)
                    || !next.startsWith("-") && !next.contains("=") && !Files.isRegularFile(path);
        }
    }

    static Limit limit(Integer batches) {
        if (batches == null) {
            return Limit.NONE;
        }
        if (batches < 1) {
            throw new UserException("--limit-batches must be at least 1, not " + batches);
        }
        return new Limit(OptionalInt.of(batches));
    }
}
