package io.iedp.config;

import io.iedp.config.experiment.Component;
import io.iedp.config.plugin.Catalog;
import io.iedp.config.plugin.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes a component from settings of the command line alone. */
public final class ComponentBinder {
    private ComponentBinder() {}

    /**
     * @param settings {@code key.path=value} each
     * @throws ConfigException with all that is wrong
     */
    public static Component bind(Catalog catalog, Kind kind, String type, List<String> settings) {
        return bind(catalog, kind, type, List.of(), settings);
    }

    /**
     * Makes several components of one type, which messages call by their parts.
     *
     * @param settings {@code part.key.path=value} each
     * @return the components by their parts
     * @throws ConfigException with all that is wrong with any of them
     */
    public static Map<String, Component> bindParts(
            Catalog catalog, Kind kind, String type, List<String> parts, List<String> settings) {
        List<Problem> problems = new ArrayList<>();
        SourceLocation place = new SourceLocation(SourceLocation.COMMAND_LINE, 0, 1, type);
        Value.Fields fields = Value.Fields.empty(place);
        for (String part : parts) {
            fields = fields.with(part, new Value.Field(place, Value.Scalar.text(place, type)));
        }
        fields = new Overrides(SourceLocation.COMMAND_LINE, problems).apply(fields, settings);
        Map<String, Component> components = new LinkedHashMap<>();
        for (String part : parts) {
            new Binder(catalog, problems)
                    .bindComponent(kind, fields.fields().get(part).value(), part)
                    .ifPresent(component -> components.put(part, component));
        }
        if (!problems.isEmpty()) {
            throw new ConfigException(SourceLocation.COMMAND_LINE, problems);
        }
        return components;
    }

    /**
     * Makes a command from its arguments and options, too.
     *
     * @param given arguments and options
     * @param settings {@code key.path=value} each
     * @throws ConfigException with all that is wrong
     */
    public static Component bind(
            Catalog catalog, Kind kind, String type, List<CommandArgument.Given> given, List<String> settings) {
        List<Problem> problems = new ArrayList<>();
        SourceLocation place = new SourceLocation(SourceLocation.COMMAND_LINE, 0, 1, type);
        Value.Fields fields = Value.Fields.empty(place);
        for (CommandArgument.Given each : given) {
            SourceLocation at = new SourceLocation(SourceLocation.COMMAND_LINE, 0, 1, each.shown());
            fields = fields.with(each.argument().name(), new Value.Field(at, each.value(at)));
        }
        fields = new Overrides(SourceLocation.COMMAND_LINE, problems).apply(fields, settings);
        Optional<Component> component = new Binder(catalog, problems)
                .bindComponent(kind, fields.with("type", new Value.Field(place, Value.Scalar.text(place, type))), "");
        if (!problems.isEmpty()) {
            throw new ConfigException(SourceLocation.COMMAND_LINE, problems);
        }
        return component.orElseThrow();
    }
}
