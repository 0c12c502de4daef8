package io.iedp.launcher.cli;

import ai.djl.ndarray.NDManager;
import io.iedp.api.UserException;
import io.iedp.api.command.CommandContext;
import io.iedp.api.nn.Kernels;
import io.iedp.config.ComponentBinder;
import io.iedp.config.RecordSchema;
import io.iedp.config.experiment.Component;
import io.iedp.config.plugin.BrokenPlugin;
import io.iedp.config.plugin.Installed;
import io.iedp.config.plugin.Kind;
import io.iedp.config.plugin.PluginLoader;
import io.iedp.engine.model.Devices;
import io.iedp.nn.Gradients;
import io.iedp.nn.TorchKernels;
import io.iedp.nn.TorchRuntime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** A command that a plugin brings. */
@Command
final class InstalledCommand implements Runnable {
    private static final String KEYS = "keys";

    private final Installed installed;

    @ParentCommand
    private Iedp root;

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "0..*", paramLabel = "KEY=VALUE", description = "Settings; the keys are listed below.")
    private List<String> settings = List.of();

    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            defaultValue = "auto",
            description = "Where to compute: auto, cpu, gpu or gpu:N (default: ${DEFAULT-VALUE}).")
    private String device;

    private InstalledCommand(Installed installed) {
        this.installed = installed;
    }

    private record Context(Kernels kernels, NDManager manager, Consumer<String> printer) implements CommandContext {
        @Override
        public void say(String line) {
            printer.accept(line);
        }
    }

    /** Adds the commands of all plugins; when what was asked for is not there, those of the project alone. */
    static void addAll(CommandLine line, Plugins plugins, String... arguments) {
        List<Installed> commands;
        try {
            new CommandLine(plugins).setUnmatchedArgumentsAllowed(true).parseArgs(arguments);
            commands = plugins.catalog().all(Kind.COMMAND);
            explainUnknown(
                    line,
                    plugins.catalog().broken().stream()
                            .map(BrokenPlugin::message)
                            .toList());
        } catch (UserException e) {
            explainUnknown(line, List.of(e.getMessage()));
            commands = PluginLoader.own().all(Kind.COMMAND);
        } catch (ParameterException e) {
            // The whole command line is wrong in the same way, and says so.
            commands = PluginLoader.own().all(Kind.COMMAND);
        }
        commands.forEach(each -> line.addSubcommand(each.type(), line(each)));
    }

    /** An unknown command may be one of the plugins that could not be loaded. */
    private static void explainUnknown(CommandLine line, List<String> problems) {
        CommandLine.IParameterExceptionHandler standard = line.getParameterExceptionHandler();
        line.setParameterExceptionHandler((failure, arguments) -> {
            int code = standard.handleParseException(failure, arguments);
            if (failure instanceof CommandLine.UnmatchedArgumentException) {
                problems.forEach(failure.getCommandLine().getErr()::println);
            }
            return code;
        });
    }

    private static CommandLine line(Installed installed) {
        CommandLine line = new CommandLine(new InstalledCommand(installed));
        line.getCommandSpec()
                .usageMessage()
                .description(installed.factory().description().replace("%", "%%"));
        List<String> sections = new ArrayList<>(line.getHelpSectionKeys());
        sections.add(sections.indexOf(CommandLine.Model.UsageMessageSpec.SECTION_KEY_FOOTER_HEADING), KEYS);
        line.setHelpSectionKeys(sections);
        line.getHelpSectionMap().put(KEYS, help -> keys(help, installed));
        return line;
    }

    private static String keys(Help help, Installed installed) {
        Map<String, String> rows = new LinkedHashMap<>();
        for (RecordSchema.Key key :
                RecordSchema.of(installed.factory().configuration()).keys()) {
            List<String> facts = new ArrayList<>(List.of(key.type()));
            key.range().ifPresent(facts::add);
            facts.add(key.defaultValue().map("default: "::concat).orElse(key.required() ? "required" : "optional"));
            String meaning = "%s (%s)".formatted(key.doc(), String.join(", ", facts));
            rows.put("  " + key.path(), meaning.replace("%", "%%"));
        }
        return "%nKeys:%n%s".formatted(help.createTextTable(rows));
    }

    @Override
    public void run() {
        Component command = ComponentBinder.bind(root.catalog(), Kind.COMMAND, installed.type(), settings);
        Console console = new Console(spec.commandLine().getOut());
        try (NDManager manager = TorchRuntime.get().newManager(Devices.choose(device));
                TorchKernels kernels = TorchKernels.load();
                Gradients.Recording off = Gradients.pause()) {
            CommandContext context = new Context(kernels, manager, console::say);
            Runnable made = command.create(context);
            command.within(() -> {
                made.run();
                return null;
            });
        }
    }
}
