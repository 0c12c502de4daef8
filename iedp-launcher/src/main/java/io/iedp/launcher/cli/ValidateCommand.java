package io.iedp.launcher.cli;

import io.iedp.config.Loaded;
import io.iedp.launcher.run.MissingWeights;
import java.io.PrintWriter;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code iedp validate}. */
@Command(name = "validate", description = "Checks an experiment file without loading anything that it names.")
final class ValidateCommand implements Runnable {
    @ParentCommand
    private Iedp root;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ExperimentFile file;

    @Override
    public void run() {
        Loaded loaded = file.load(root.loader());
        Map<String, String> missing = MissingWeights.of(loaded.experiment()); // a name that cannot be is an error
        PrintWriter out = spec.commandLine().getOut();
        out.printf("%s is valid.%n", file.file());
        missing.forEach((key, message) -> out.println(Screen.text("%s: %s.".formatted(key, message))));
        out.flush();
    }
}
