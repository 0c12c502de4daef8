package io.iedp.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Settings of the command line, {@code key.path=value}, laid over a file. */
final class Overrides {
    private static final String INDEX = "\\d{1,6}";
    private static final int DEPTH = 50;

    private final String source;
    private final List<Problem> problems;
    private final Merging merging;

    /**
     * @param source where the settings stand, for messages
     */
    Overrides(String source, List<Problem> problems) {
        this.source = source;
        this.problems = problems;
        this.merging = new Merging(problems);
    }

    /** A setting in its parts. */
    private record Setting(String text, List<String> path, Value value) {
        String path(int depth) {
            return String.join(".", path.subList(0, depth));
        }

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
                    place(setting, 1),
                    "",
                    "a setting must be key.path=value, as in training.steps=100"));
            return Optional.empty();
        }
        String key = setting.substring(0, equals);
        if (key.equals(Inheritance.EXTENDS)) {
            problems.add(
                    Problem.at(Rule.OVERRIDE, place(setting, 1), key, "only a file can extend others, not a setting"));
            return Optional.empty();
        }
        List<String> path = List.of(key.split("\\.", -1));
        if (path.size() > DEPTH) {
            problems.add(Problem.at(
                    Rule.OVERRIDE,
                    place(setting, 1),
                    "",
                    "this key has %s parts; no key has more than %s".formatted(path.size(), DEPTH)));
            return Optional.empty();
        }
        List<Problem> found = new ArrayList<>();
        Optional<Value> value = new YamlReader(source, found).argument(setting.substring(equals + 1));
        SourceLocation place = place(setting, equals + 2);
        found.forEach(each -> problems.add(Problem.at(each.rule(), place, key, each.message())));
        return value.map(each -> new Setting(setting, path, moved(each, place)));
    }

    private SourceLocation place(String setting, int column) {
        return new SourceLocation(source, 0, column, setting);
    }

    /** The value as written in the setting, not in a file of one line. */
    private static Value moved(Value value, SourceLocation place) {
        if (value instanceof Value.Scalar scalar) {
            return scalar.at(place).loosely();
        }
        if (value instanceof Value.Items items) {
            return new Value.Items(
                    place,
                    items.values().stream().map(each -> moved(each, place)).toList());
        }
        Value.Fields fields = Value.Fields.empty(place);
        for (var entry : ((Value.Fields) value).fields().entrySet()) {
            fields = fields.with(
                    entry.getKey(),
                    new Value.Field(place, moved(entry.getValue().value(), place)));
        }
        return fields;
    }

    private Value set(Value target, Setting setting, int depth) {
        if (depth == setting.path.size()) {
            return target == null
                    ? merging.plain(setting.value, setting.path(depth))
                    : merging.merge(target, setting.value, setting.path(depth));
        }
        SourceLocation place = place(setting.text, 1);
        String key = setting.path.get(depth);
        if (target instanceof Value.Items items) {
            return setItem(items, setting, depth);
        }
        if (target == null && depth > 0 && key.matches(INDEX)) {
            problems.add(Problem.at(
                    Rule.OVERRIDE,
                    place,
                    setting.path(depth),
                    "the file has no list here, so there is no element %s; set the list as a whole: %s=[...]"
                            .formatted(key, setting.path(depth))));
            return new Value.Unknown(place);
        }
        Value.Fields fields = target == null ? Value.Fields.empty(place) : Merging.component(target);
        boolean last = depth == setting.path.size() - 1;
        if (last && setting.choosesType() && setting.value instanceof Value.Scalar type) {
            String before = Merging.type(fields);
            if (before != null && !before.equals(type.text())) {
                fields = Value.Fields.empty(fields.place());
            }
        }
        Value.Field earlier = fields.fields().get(key);
        Value inner = earlier == null ? null : earlier.value();
        return fields.with(key, new Value.Field(place, set(inner, setting, depth + 1)));
    }

    private Value setItem(Value.Items items, Setting setting, int depth) {
        String key = setting.path.get(depth);
        int size = items.values().size();
        if (!key.matches(INDEX) || Integer.parseInt(key) >= size) {
            problems.add(Problem.at(
                    Rule.OVERRIDE,
                    place(setting.text, 1),
                    setting.path(depth),
                    size == 0
                            ? "this is an empty list, so there is no element %s; set it as a whole: %s=[...]"
                                    .formatted(key, setting.path(depth))
                            : "this is a list, so the next part of the path must be a number from 0 to %s, not '%s'"
                                    .formatted(size - 1, key)));
            return items;
        }
        List<Value> changed = new ArrayList<>(items.values());
        int index = Integer.parseInt(key);
        changed.set(index, set(changed.get(index), setting, depth + 1));
        return new Value.Items(items.place(), List.copyOf(changed));
    }
}
