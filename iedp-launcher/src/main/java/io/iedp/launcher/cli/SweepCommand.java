package io.iedp.launcher.cli;

import io.iedp.config.Variants;
import io.iedp.launcher.sweep.Sweep;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code iedp sweep}. */
@Command(
        name = "sweep",
        description = {
            "Trains one experiment with all combinations of the values given, and tells mean and standard deviation over seeds.",
            "Runs and tables are in OUTPUT/NAME-sweep. Started again, it runs only what is not done."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:every combination has a result",
            "1:some failed; the table says which and why",
            "2:nothing was run: something is wrong with a file or a setting"
        })
final class SweepCommand implements Callable<Integer> {
    private static final int SOME_FAILED = 1;

    @ParentCommand
    private Iedp root;

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "FILE", description = "The experiment file.")
    private Path file;

    @Parameters(
            index = "1..*",
            paramLabel = "KEY.PATH=VALUE,...",
            description = {
                "Values to combine, as in seed=1,2,3 training.learning-rate=1e-3,1e-4; one value holds for all runs.",
                "Commas in brackets, braces and quotes part no values: key=[1, 2],[3] has two, key=[1, 2] has one."
            })
    private List<String> settings = List.of();

    @Option(
            names = "--variants",
            paramLabel = "FILE",
            description =
                    "Whole set-ups to compare: a YAML file of names, each with a list of KEY.PATH=VALUE settings.")
    private Path variants;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Map<String, List<String>> named = variants == null ? Map.of() : Variants.read(variants);
        Sweep sweep = Sweep.prepare(root.loader(), file, named, settings);
        boolean complete = sweep.execute(new Console(out));
        out.printf("The table is in %s%n", sweep.folder().resolve("sweep.md"));
        out.flush();
        return complete ? CommandLine.ExitCode.OK : SOME_FAILED;
    }
}
