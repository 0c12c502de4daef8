package io.iedp.launcher.cli;

import io.iedp.launcher.config.Loaded;
import io.iedp.launcher.engine.Limit;
import io.iedp.launcher.run.DryRun;
import io.iedp.launcher.run.TrainingRun;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code iedp train}. */
@Command(name = "train", description = "Trains, evaluates and reports one experiment.")
final class TrainCommand implements Callable<Integer> {
    @ParentCommand
    private Iedp root;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ExperimentFile file;

    @Option(
            names = "--dry-run",
            description = "Check the file, build the model, run one batch, show shapes and parameters; write nothing.")
    private boolean dryRun;

    @Option(
            names = "--limit-batches",
            paramLabel = "N",
            description = "Stop after N training steps and N samples of an evaluation, to try things out.")
    private Integer limit;

    @Option(
            names = "--skip-bad",
            description = "Go on without samples that cannot be read; they are counted, and named in the log.")
    private boolean skipBad;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Loaded loaded = file.load(root.loader());
        if (dryRun) {
            out.print(DryRun.of(loaded.experiment()));
            out.flush();
            return CommandLine.ExitCode.OK;
        }
        Path folder = new TrainingRun(loaded, limit(limit), skipBad, new Console(out)).execute();
        out.printf("The run is in %s; open %s%n", folder, folder.resolve("index.html"));
        out.flush();
        return CommandLine.ExitCode.OK;
    }

    static Limit limit(Integer batches) {
        if (batches == null) {
            return Limit.NONE;
        }
        if (batches < 1) {
            throw new io.iedp.api.UserException("--limit-batches must be at least 1, not " + batches);
        }
        return new Limit(OptionalInt.of(batches));
    }
}
