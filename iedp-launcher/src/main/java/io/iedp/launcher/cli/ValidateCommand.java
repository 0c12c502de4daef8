package io.iedp.launcher.cli;

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
        file.load(root.loader());
        spec.commandLine().getOut().printf("%s is valid.%n", file.file());
        spec.commandLine().getOut().flush();
    }
}
