package io.iedp.launcher.cli;

import io.iedp.engine.model.PublishedRun;
import io.iedp.engine.run.RunFolder;
import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code iedp publish}. */
@Command(
        name = "publish",
        description =
                "Writes what 'iedp predict' and 'iedp eval' need of a trained run to a folder that can be given away: weights in 16 bits, without the state of the training and its report. Frozen weights that came from a file are not among them.")
final class PublishCommand implements Runnable {
    @ParentCommand
    private Iedp root;

    @Spec
    private CommandSpec spec;

    @Mixin
    private RunArgument run;

    @Parameters(index = "1", paramLabel = "DIR", description = "The folder to write; new, or empty.")
    private Path folder;

    @Option(names = "--best", description = "Take the weights that were the best in training, not the last ones.")
    private boolean best;

    @Override
    public void run() {
        RunFolder trained = run.open(root.catalog());
        PublishedRun.write(trained, best, folder);
        PrintWriter out = spec.commandLine().getOut();
        out.printf("The run is in %s, for 'iedp predict' and 'iedp eval'%n", folder);
        out.flush();
    }
}
