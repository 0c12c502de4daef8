package io.iedp.config;

import io.iedp.config.experiment.Component;
import io.iedp.config.plugin.Catalog;
import io.iedp.config.plugin.Kind;
import java.util.ArrayList;
import java.util.List;
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
                .bindComponent(kind, fields.with("type", new Value.Field(place, Value.Scalar.text(place, type))));
        if (!problems.isEmpty()) {
            throw new ConfigException(SourceLocation.COMMAND_LINE, problems);
        }
        return component.orElseThrow();
    }
}
