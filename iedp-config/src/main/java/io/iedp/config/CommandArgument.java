package io.iedp.config;

import io.iedp.api.command.Positional;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a component of a command's configuration record is given on the command line.
 *
 * @param key what the component is
 * @param name of the component, as a key
 * @param label what the help calls it, if it has no name on the command line
 * @param form what may be given
 * @param type of the value, or of the elements of a list
 */
public record CommandArgument(RecordSchema.Key key, String name, Optional<String> label, Form form, Class<?> type) {
    /** What may be given for a component. */
    public enum Form {
        /** Its name alone, for the other of two values than the default. */
        FLAG,
        /** One value, as it is. */
        SINGLE,
        /** Several values, as they are, if they have no name; with a name, a list as in a file. */
        LIST,
        /** A map, as in a file. */
        MAP
    }

    /** Whether it names files or folders. */
    public boolean isPath() {
        return Keys.isPath(type);
    }

    /** All of a record, in its order. */
    public static List<CommandArgument> of(Class<? extends Record> configuration) {
        List<CommandArgument> all = new ArrayList<>();
        for (RecordComponent component : configuration.getRecordComponents()) {
            RecordSchema.Key key = RecordSchema.key(component, "");
            Positional positional = component.getAnnotation(Positional.class);
            Type type = component.getGenericType();
            Type single = Keys.raw(type) == Optional.class ? Keys.element(type) : type;
            Form form = form(Keys.raw(single), key);
            all.add(new CommandArgument(
                    key,
                    Keys.of(component.getName()),
                    Optional.ofNullable(positional).map(Positional::value),
                    form,
                    form == Form.LIST ? Keys.raw(Keys.element(single)) : Keys.raw(single)));
        }
        return List.copyOf(all);
    }

    private static Form form(Class<?> type, RecordSchema.Key key) {
        if (type == boolean.class && key.defaultValue().isPresent()) {
            return Form.FLAG;
        }
        if (type == List.class) {
            return Form.LIST;
        }
        return type.isRecord() || type == Map.class ? Form.MAP : Form.SINGLE;
    }

    /** For a flag: whether it turns something off. */
    public boolean turnsOff() {
        return form == Form.FLAG && key.defaultValue().equals(Optional.of("true"));
    }

    /**
     * What was given for it.
     *
     * @param shown how it was written, for messages
     */
    public record Given(CommandArgument argument, List<String> values, String shown) {
        public Given {
            values = List.copyOf(values);
        }

        Value value(SourceLocation place) {
            List<Value> all = new ArrayList<>();
            values.forEach(each -> all.add(Value.Scalar.loose(place, each)));
            return argument.form == Form.LIST ? new Value.Items(place, List.copyOf(all)) : all.get(0);
        }
    }
}
