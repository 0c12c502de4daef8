package io.iedp.launcher.cli;

import ai.djl.Device;
import io.iedp.api.UserException;
import io.iedp.api.command.Command;
import io.iedp.api.command.CommandContext;
import io.iedp.api.command.CommandFactory;
import io.iedp.api.command.ExitCode;
import io.iedp.config.ComponentBinder;
import io.iedp.config.RecordSchema;
import io.iedp.config.experiment.Component;
import io.iedp.config.plugin.BrokenPlugin;
import io.iedp.config.plugin.Catalog;
import io.iedp.config.plugin.Installed;
import io.iedp.config.plugin.Kind;
import io.iedp.config.plugin.PluginLoader;
import io.iedp.engine.model.Devices;
import io.iedp.nn.Gradients;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** A command that a plugin brings. */
@CommandLine.Command
final class InstalledCommand implements Callable<Integer> {
    private static final String KEYS = "keys";

    /** Options that every command gets, beside those of the root. */
    private static final List<String> OF_ALL = List.of("--help", "--version");

    /** Commands that show others whole. */
    private static final Set<String> OF_SEVERAL = Set.of("help", "generate-completion");

    private final Installed installed;
    private final CommandFactory<?> factory;
    private final CommandLineArguments arguments;
    private final Optional<OptionSpec> device;

    @ParentCommand
    private Iedp root;

    @Spec
    private CommandSpec spec;

    private InstalledCommand(Installed installed, Set<String> taken) {
        this.installed = installed;
        factory = (CommandFactory<?>) installed.factory();
        device = factory.device().map(InstalledCommand::device);
        Set<String> all = new LinkedHashSet<>(taken);
        device.ifPresent(option -> all.add(option.longestName()));
        arguments = new CommandLineArguments(factory.configuration(), all);
    }

    private static OptionSpec device(String standard) {
        return OptionSpec.builder("--device")
                .paramLabel("DEVICE")
                .type(String.class)
                .defaultValue(standard)
                .description("Where to compute: %scpu, gpu or gpu:N (default: ${DEFAULT-VALUE})."
                        .formatted(standard.equals("auto") ? "auto, " : ""))
                .build();
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
        Set<String> taken = new LinkedHashSet<>(OF_ALL);
        taken.addAll(line.getCommandSpec().optionsMap().keySet());
        List<String> asked = List.of(arguments);
        boolean all = asked.isEmpty() || asked.stream().anyMatch(OF_SEVERAL::contains);
        commands.forEach(each -> line.addSubcommand(
                each.type(),
                all || asked.contains(each.type()) ? new InstalledCommand(each, taken).line() : brief(each)));
    }

    /** What a list of commands shows: looking into records takes a tenth of the time that such a list does. */
    private static CommandLine brief(Installed installed) {
        CommandLine line = new CommandLine(CommandSpec.create());
        line.getCommandSpec()
                .usageMessage()
                .description(installed.factory().description().replace("%", "%%"));
        return line;
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

    private CommandLine line() {
        CommandLine line = new CommandLine(this);
        arguments.addTo(line.getCommandSpec());
        device.ifPresent(line.getCommandSpec()::addOption);
        UsageMessageSpec usage = line.getCommandSpec().usageMessage();
        usage.description(Stream.concat(Stream.of(factory.description()), factory.details().stream())
                .map(text -> text.replace("%", "%%"))
                .toArray(String[]::new));
        if (!factory.exitCodes().isEmpty()) {
            Map<String, String> codes = new LinkedHashMap<>();
            for (ExitCode each : factory.exitCodes()) {
                codes.put(Integer.toString(each.code()), each.meaning().replace("%", "%%"));
            }
            usage.exitCodeListHeading("%nExit codes:%n").exitCodeList(codes);
        }
        List<String> sections = new ArrayList<>(line.getHelpSectionKeys());
        sections.add(sections.indexOf(UsageMessageSpec.SECTION_KEY_FOOTER_HEADING), KEYS);
        line.setHelpSectionKeys(sections);
        line.getHelpSectionMap().put(KEYS, this::keys);
        return line;
    }

    /** The keys that are neither arguments nor options in the help. */
    private String keys(Help help) {
        Map<String, String> rows = new LinkedHashMap<>();
        for (RecordSchema.Key key : RecordSchema.of(factory.configuration()).keys()) {
            if (!arguments.lists(key.path())) {
                rows.put("  " + key.path(), meaning(key).replace("%", "%%"));
            }
        }
        return rows.isEmpty() ? "" : "%nKeys:%n%s".formatted(help.createTextTable(rows));
    }

    /** What a key means, its type, its range and what it is unless it is given. */
    static String meaning(RecordSchema.Key key) {
        List<String> facts = new ArrayList<>(List.of(key.type()));
        key.range().ifPresent(facts::add);
        facts.add(key.defaultValue().map("default: "::concat).orElse(key.required() ? "required" : "optional"));
        return "%s (%s)".formatted(key.doc(), String.join(", ", facts));
    }

    @Override
    public Integer call() {
        Catalog catalog = root.catalog();
        Component component =
                ComponentBinder.bind(catalog, Kind.COMMAND, installed.type(), arguments.given(), arguments.settings());
        Optional<Device> chosen = device.map(option -> Devices.choose(option.getValue()));
        try (CommandHost host =
                        new CommandHost(catalog, chosen, spec.commandLine().getOut());
                Gradients.Recording off = Gradients.pause()) {
            Command command = component.create((CommandContext) host);
            return component.within(command::run);
        }
    }
}
