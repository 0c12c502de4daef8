package io.iedp.launcher.cli;

import io.iedp.config.Loaded;
import io.iedp.launcher.report.TextTable;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code iedp config}. */
@Command(name = "config", description = "Looks into experiment files.", subcommands = ConfigCommand.Show.class)
final class ConfigCommand implements Runnable {
    @ParentCommand
    private Iedp root;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "Which command? There is: config show FILE");
    }

    /** {@code iedp config show}. */
    @Command(name = "show", description = "Shows every value of a resolved experiment file and where it came from.")
    static final class Show implements Runnable {
        @ParentCommand
        private ConfigCommand parent;

        @Spec
        private CommandSpec spec;

        @Mixin
        private ExperimentFile file;

        @Override
        public void run() {
            Loaded loaded = file.load(parent.root.loader());
            PrintWriter out = spec.commandLine().getOut();
            out.print(TextTable.of(
                    List.of("key", "value", "from"),
                    loaded.origins().stream()
                            .map(origin -> List.of(origin.path(), origin.value(), origin.source()))
                            .toList()));
            out.flush();
        }
    }
}
