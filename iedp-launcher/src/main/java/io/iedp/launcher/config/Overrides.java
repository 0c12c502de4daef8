package io.iedp.launcher.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Settings of the command line, {@code key.path=value}, laid over a file. */
final class Overrides {
    private final List<Problem> problems;

    Overrides(List<Problem> problems) {
        this.problems = problems;
    }

    /** A setting in its parts. */
    private record Setting(String text, List<String> path, Value value) {
        boolean choosesType() {
            return path.get(path.size() - 1).equals("type");
        }
    }

    Value.Fields apply(Value.Fields root, List<String> settings) {
        List<Setting> parsed = new ArrayList<>();
        settings.forEach(setting -> parse(setting).ifPresent(parsed::add));
        // A new type drops the keys of the old one, so it must come before keys that are set for the new one.
        parsed.sort(Comparator.comparing(setting -> !setting.choosesType()));
        Value result = root;
        for (Setting setting : parsed) {
            result = set(result, setting, 0);
        }
        return (Value.Fields) result;
    }

    private Optional<Setting> parse(String setting) {
        int equals = setting.indexOf('=');
        if (equals <= 0) {
            problems.add(Problem.at(
                    Rule.OVERRIDE,
                    Place.commandLine(setting, 1),
                    "",
                    "a setting must be key.path=value, as in training.steps=100"));
            return Optional.empty();
        }
        List<Problem> found = new ArrayList<>();
        Optional<Value> value = new YamlReader(Place.COMMAND_LINE, found).value(setting.substring(equals + 1));
        found.forEach(each -> problems.add(Problem.at(
                each.rule(), Place.commandLine(setting, equals + 2), setting.substring(0, equals), each.message())));
        return value.map(each -> new Setting(
                setting, List.of(setting.substring(0, equals).split("\\.", -1)), moved(each, setting, equals + 2)));
    }

    /** The value as written on the command line, not in a file of one line. */
    private static Value moved(Value value, String setting, int column) {
        Place place = Place.commandLine(setting, column);
        if (value instanceof Value.Scalar scalar) {
            return new Value.Scalar(place, scalar.text(), scalar.typed());
        }
        if (value instanceof Value.Items items) {
            return new Value.Items(
                    place,
                    items.values().stream()
                            .map(each -> moved(each, setting, column))
                            .toList());
        }
        Value.Fields fields = Value.Fields.empty(place);
        for (var entry : ((Value.Fields) value).fields().entrySet()) {
            fields = fields.with(
                    entry.getKey(),
                    new Value.Field(place, moved(entry.getValue().value(), setting, column)));
        }
        return fields;
    }

    private Value set(Value target, Setting setting, int depth) {
        Place place = Place.commandLine(setting.text, 1);
        if (depth == setting.path.size()) {
            return setting.value;
        }
        String key = setting.path.get(depth);
        if (target instanceof Value.Items items) {
            return setItem(items, setting, depth);
        }
        Value.Fields fields = target instanceof Value.Fields given ? given : Value.Fields.empty(place);
        if (target instanceof Value.Scalar scalar && depth > 0 && scalar.typed() instanceof String) {
            // A component that is written as its type alone.
            fields = fields.with("type", new Value.Field(scalar.place(), scalar));
        }
        boolean last = depth == setting.path.size() - 1;
        if (last && setting.choosesType() && setting.value instanceof Value.Scalar type) {
            String before = Merging.type(fields);
            if (before != null && !before.equals(type.text())) {
                fields = Value.Fields.empty(fields.place());
            }
        }
        Value.Field earlier = fields.fields().get(key);
        Value inner = earlier == null ? Value.Fields.empty(place) : earlier.value();
        return fields.with(key, new Value.Field(place, set(inner, setting, depth + 1)));
    }

    private Value setItem(Value.Items items, Setting setting, int depth) {
        String key = setting.path.get(depth);
        if (!key.matches("\\d{1,6}") || Integer.parseInt(key) >= items.values().size()) {
            problems.add(Problem.at(
                    Rule.OVERRIDE,
                    Place.commandLine(setting.text, 1),
                    String.join(".", setting.path.subList(0, depth)),
                    "this is a list of %d, so the next part of the path must be a number from 0 to %d, not '%s'"
                            .formatted(items.values().size(), items.values().size() - 1, key)));
            return items;
        }
        List<Value> changed = new ArrayList<>(items.values());
        int index = Integer.parseInt(key);
        changed.set(index, set(changed.get(index), setting, depth + 1));
        return new Value.Items(items.place(), List.copyOf(changed));
    }
}
