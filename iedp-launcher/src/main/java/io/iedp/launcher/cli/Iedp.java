package io.iedp.launcher.cli;

import io.iedp.api.UserException;
import io.iedp.config.ExperimentLoader;
import io.iedp.config.plugin.BrokenPlugin;
import io.iedp.config.plugin.Catalog;
import io.iedp.engine.training.StoppedException;
import io.iedp.io.file.UserPath;
import io.iedp.launcher.run.Signals;
import io.iedp.launcher.run.Version;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The root of the command line. */
@Command(
        name = "iedp",
        description = "Adapts a text-to-image diffusion model to visual perception.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            TrainCommand.class,
            SweepCommand.class,
            EvalCommand.class,
            PredictCommand.class,
            PublishCommand.class,
            ValidateCommand.class,
            PluginsCommand.class,
            NewPluginCommand.class,
            DescribeCommand.class,
            SchemaCommand.class,
            ConfigCommand.class,
            DoctorCommand.class,
            DataCommand.class,
            BenchCommand.class,
            CommandLine.HelpCommand.class,
            AutoComplete.GenerateCompletion.class
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "2:something that you can put right, said in the message",
            "1:a failure of the program",
            "130, 143:asked to end by SIGINT or SIGTERM"
        },
        footer = {"", "Start with: iedp train configs/quickstart.yaml", "Completion: source <(iedp generate-completion)"
        })
public final class Iedp implements Runnable {
    private static final int USER_ERROR = 2;
    private static final int FAILURE = 1;
    private static final int INTERRUPTED = 130;

    @Spec
    private CommandSpec spec;

    @Mixin
    private Plugins plugins;

    @Option(
            names = "--stacktrace",
            description = "Show where in the program a failure came from.",
            scope = ScopeType.INHERIT)
    private boolean stacktrace;

    private boolean brokenAreTold;

    /**
     * Runs one command line.
     *
     * @return the exit code
     */
    public static int run(String... arguments) {
        CommandLine line;
        try {
            line = commandLine(arguments);
        } catch (UserException e) { // what the jars of the class path bring
            Iedp root = new Iedp();
            return root.report(e, new CommandLine(root));
        }
        try {
            return line.execute(arguments);
        } catch (StackOverflowError | OutOfMemoryError | LinkageError e) {
            return line.<Iedp>getCommand().report(e, line);
        } finally {
            line.<Iedp>getCommand().plugins.close();
        }
    }

    /**
     * @param arguments of which only those that name plugins are looked at, since plugins bring commands
     */
    static CommandLine commandLine(String... arguments) {
        Iedp root = new Iedp();
        CommandLine line = new CommandLine(root)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExpandAtFiles(false) // a name may begin so
                .setExecutionExceptionHandler((failure, command, parsed) -> root.report(failure, command));
        IParameterExceptionHandler usage = line.getParameterExceptionHandler();
        line.setParameterExceptionHandler((failure, all) -> {
            FileNames.hint(failure.getMessage()).ifPresent(line.getErr()::println);
            return usage.handleParseException(failure, all);
        });
        InstalledCommand.addAll(line, root.plugins, arguments);
        line.registerConverter(Path.class, UserPath::of);
        addHelp(line);
        return line;
    }

    private static void addHelp(CommandLine line) {
        line.getCommandSpec().mixinStandardHelpOptions(true);
        line.getCommandSpec().versionProvider(() -> new String[] {"iedp " + Version.own()});
        line.getSubcommands().values().forEach(sub -> {
            if (!sub.getCommandName().equals("help")) {
                addHelp(sub);
            }
        });
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "Which command? Here is what there is:");
    }

    /**
     * Everything that is installed. Plugins that had to be left out are told once.
     *
     * @throws UserException if a folder of plugins that was asked for is not there
     */
    Catalog catalog() {
        Catalog catalog = plugins.catalog();
        if (!brokenAreTold) {
            CommandLine line = spec.commandLine();
            Stream.concat(catalog.broken().stream().map(BrokenPlugin::message), plugins.passedOver().stream())
                    .forEach(each -> line.getErr().println(line.getColorScheme().errorText(Screen.text(each))));
            brokenAreTold = true;
            Console console = new Console(line.getErr()); // what commands print may be read by programs
            catalog.weightStores().forEach(store -> store.tell(console));
        }
        return catalog;
    }

    ExperimentLoader loader() {
        return new ExperimentLoader(catalog(), System.getenv());
    }

    private int report(Throwable failure, CommandLine command) {
        if (failure instanceof StoppedException) {
            return Signals.exitCode().orElse(INTERRUPTED);
        }
        PrintWriter err = command.getErr();
        Optional<String> user = userError(failure);
        if (stacktrace) {
            StringWriter trace = new StringWriter();
            failure.printStackTrace(new PrintWriter(trace, true));
            err.print(Screen.text(trace.toString()));
        }
        if (user.isPresent()) {
            err.println(command.getColorScheme().errorText(Screen.text(user.get())));
            FileNames.hint(user.get()).ifPresent(err::println);
            return USER_ERROR;
        }
        err.println(command.getColorScheme()
                .errorText(
                        "iedp failed: %s. This is a fault of the program or of a plugin, not of your files; --stacktrace shows where."
                                .formatted(Screen.text(String.valueOf(failure)))));
        return FAILURE;
    }

    /** What the user can put right, if that is what the failure is about. */
    private static Optional<String> userError(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof UserException user) {
                return Optional.of(user.getMessage());
            }
            if (each instanceof InvalidPathException name) {
                return Optional.of(FileNames.message(name));
            }
        }
        return Optional.empty();
    }
}
