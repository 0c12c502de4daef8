package io.iedp.launcher.cli;

import io.iedp.api.UserException;
import io.iedp.engine.bench.TrainingBenchmark;
import io.iedp.launcher.report.TextTable;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code iedp bench train}. */
@Command(
        name = "train",
        description = "Shows where the time of a training step goes, and what one pass for all branches saves.")
final class BenchTrainCommand implements Runnable {
    @ParentCommand
    private BenchCommand parent;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ExperimentFile file;

    @Option(
            names = "--steps",
            paramLabel = "N",
            defaultValue = "20",
            description = "Steps that are timed; medians are shown (default: ${DEFAULT-VALUE}).")
    private int steps;

    @Override
    public void run() {
        if (steps < 1) {
            throw new UserException("--steps must be at least 1, not " + steps);
        }
        PrintWriter out = spec.commandLine().getOut();
        TrainingBenchmark.Result result = TrainingBenchmark.of(
                file.load(parent.root().loader()).experiment().withDataInMemory(), steps);
        out.print(TextTable.of(
                List.of("part", "median ms", "share %"),
                result.parts().stream()
                        .map(row -> List.of(row.part(), number(row.milliseconds(), 2), number(100 * row.share(), 1)))
                        .toList()));
        if (!result.alternatives().isEmpty()) {
            out.println();
            out.print(TextTable.of(
                    List.of("step, without waiting", "median ms", "times"),
                    result.alternatives().stream()
                            .map(row -> List.of(row.part(), number(row.milliseconds(), 2), number(row.share(), 2)))
                            .toList()));
        }
        out.flush();
    }

    private static String number(double value, int digits) {
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }
}
