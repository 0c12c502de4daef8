package io.iedp.launcher.cli;

import io.iedp.config.CommandArgument;
import io.iedp.config.CommandArgument.Form;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * The arguments and options of an installed command, made from its configuration record. Each key is an option, too; {@code
 * KEY=VALUE} and the option mean the same.
 */
final class CommandLineArguments {
    private final List<CommandArgument> all;
    private final Map<CommandArgument, ArgSpec> specs = new LinkedHashMap<>();
    private final List<String> settings = new ArrayList<>();
    private PositionalParamSpec keyValues;

    /**
     * @param taken options that the host has; keys of these names are no options
     */
    CommandLineArguments(Class<? extends Record> configuration, Set<String> taken) {
        all = CommandArgument.of(configuration);
        int place = 0;
        for (CommandArgument each : all) {
            if (each.label().isPresent()) {
                specs.put(each, positional(each, place++));
            } else if (!taken.contains(option(each))) {
                specs.put(each, named(each));
            }
        }
    }

    private static PositionalParamSpec positional(CommandArgument argument, int place) {
        boolean list = argument.form() == Form.LIST;
        String least = argument.key().required() ? "1" : "0";
        return PositionalParamSpec.builder()
                .index(list ? "%s..*".formatted(place) : Integer.toString(place))
                .arity(list ? least + "..*" : least + "..1")
                .type(list ? List.class : completed(argument))
                .auxiliaryTypes(completed(argument))
                .required(argument.key().required())
                .paramLabel(argument.label().orElseThrow())
                .description(escaped(argument.key().doc()))
                .build();
    }

    /** The type as far as the shell completes it; what it means is for the binding to say. */
    private static Class<?> completed(CommandArgument argument) {
        return argument.isPath() ? Path.class : String.class;
    }

    private OptionSpec named(CommandArgument argument) {
        OptionSpec.Builder option = OptionSpec.builder(option(argument)).hidden(!hasPositionals());
        if (argument.form() == Form.FLAG) {
            return option.type(boolean.class)
                    .arity("0")
                    .description(escaped(
                            argument.key().doc() + (argument.turnsOff() ? " (true, unless this is given)" : "")))
                    .build();
        }
        return option.type(completed(argument))
                .arity("1")
                .paramLabel(label(argument))
                .description(escaped(InstalledCommand.meaning(argument.key())))
                .build();
    }

    private static String option(CommandArgument argument) {
        return (argument.turnsOff() ? "--no-" : "--") + argument.name();
    }

    private static String label(CommandArgument argument) {
        if (argument.form() != Form.SINGLE) {
            return "VALUE";
        }
        if (argument.isPath()) {
            return "PATH";
        }
        return argument.type() == String.class ? "TEXT" : argument.type().isEnum() ? "CHOICE" : "N";
    }

    private static String escaped(String text) {
        return text.replace("%", "%%");
    }

    private boolean hasPositionals() {
        return all.stream().anyMatch(each -> each.label().isPresent());
    }

    /** Adds them to a command. All arguments without a name are settings where the record takes none. */
    void addTo(CommandSpec command) {
        specs.values().forEach(command::add);
        if (hasPositionals()) {
            command.preprocessor((arguments, spec, argument, info) -> {
                takeSettings(arguments, command);
                return false;
            });
        } else {
            keyValues = PositionalParamSpec.builder()
                    .index("0..*")
                    .arity("0..*")
                    .type(List.class)
                    .auxiliaryTypes(String.class)
                    .paramLabel("KEY=VALUE")
                    .description("Settings; the keys are listed below, and --KEY VALUE means the same.")
                    .build();
            command.add(keyValues);
        }
    }

    /**
     * Keeps what begins with a key of the record from being taken for another argument.
     *
     * @param arguments that are left, the next one last
     */
    private void takeSettings(List<String> arguments, CommandSpec command) {
        settings.clear();
        boolean value = false;
        for (int i = arguments.size() - 1; i >= 0; i--) {
            String each = arguments.get(i);
            if (each.equals("--")) {
                return;
            }
            if (!value && isSetting(each)) {
                settings.add(arguments.remove(i));
            } else {
                OptionSpec option = command.findOption(each);
                value = !value && option != null && option.arity().max() > 0;
            }
        }
    }

    private boolean isSetting(String argument) {
        String key = argument.replaceFirst("[.=].*", "");
        return argument.indexOf('=') > 0
                && all.stream()
                        .anyMatch(each -> each.label().isEmpty() && each.name().equals(key));
    }

    /** The settings of the last parsing. */
    List<String> settings() {
        List<String> given = new ArrayList<>(settings);
        if (keyValues != null) {
            given.addAll(keyValues.originalStringValues());
        }
        specs.forEach((argument, spec) -> {
            boolean inFileForm = argument.form() == Form.MAP || argument.form() == Form.LIST;
            if (inFileForm && !spec.isPositional()) {
                spec.originalStringValues().forEach(each -> given.add("%s=%s".formatted(argument.name(), each)));
            }
        });
        return given;
    }

    /** What the last parsing found for components of the record. */
    List<CommandArgument.Given> given() {
        List<CommandArgument.Given> given = new ArrayList<>();
        specs.forEach((argument, spec) -> {
            List<String> values = spec.originalStringValues();
            if (argument.form() == Form.FLAG && Boolean.TRUE.equals(spec.getValue())) {
                String shown = ((OptionSpec) spec).longestName();
                given.add(new CommandArgument.Given(argument, List.of(Boolean.toString(!argument.turnsOff())), shown));
            } else if (!values.isEmpty() && (spec.isPositional() || argument.form() == Form.SINGLE)) {
                String shown = String.join(" ", values);
                given.add(new CommandArgument.Given(
                        argument, values, spec.isPositional() ? shown : "%s %s".formatted(option(argument), shown)));
            }
        });
        return given;
    }

    /** Whether a key has a line of its own in the list of options or arguments. */
    boolean lists(String path) {
        return specs.entrySet().stream()
                .anyMatch(each -> each.getKey().key().path().equals(path)
                        && !each.getValue().hidden());
    }
}
