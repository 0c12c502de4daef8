package io.iedp.launcher.cli;

import io.iedp.api.UserException;
import io.iedp.launcher.config.ComponentBinder;
import io.iedp.launcher.experiment.Component;
import io.iedp.launcher.plugin.Kind;
import io.iedp.launcher.run.DataExport;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code iedp data}. */
@Command(name = "data", description = "Works on data sets.", subcommands = DataCommand.Export.class)
final class DataCommand implements Runnable {
    @ParentCommand
    private Iedp root;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "Which command? There is: data export TYPE DIR");
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
            DataExport.write(part("train"), part("val"), seed, folder, new Console(out));
            out.printf("The data is in %s%n", folder);
            out.flush();
        }

        private Component part(String part) {
            List<String> own = new ArrayList<>();
            for (String setting : settings) {
                if (setting.startsWith(part + ".")) {
                    own.add(setting.substring(part.length() + 1));
                } else if (!setting.matches("(train|val)\\..*")) {
                    throw new UserException(
                            "'%s' must begin with train. or val., as in train.count=1000".formatted(setting));
                }
            }
            return ComponentBinder.bind(parent.root.catalog(), Kind.DATASET, type, own);
        }
    }
}
