package io.iedp.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Lays one file over another: maps merge, all else replaces. {@code $append: [...]} adds to an inherited list,
 * {@code $replace: {...}} takes the place of an inherited map. So does an empty map, as an empty list does, and a map of
 * another {@code type}, since the keys of one component mean nothing to another.
 */
final class Merging {
    private static final String APPEND = "$append";
    private static final String REPLACE = "$replace";
    private static final List<String> MARKS = List.of(APPEND, REPLACE);

    private final List<Problem> problems;

    Merging(List<Problem> problems) {
        this.problems = problems;
    }

    Value merge(Value base, Value over, String path) {
        if (!(over instanceof Value.Fields given)) {
            return over;
        }
        Value.Fields top = checked(given, path);
        if (isSpoilt(given, top)) {
            return new Value.Unknown(over.place());
        }
        if (top.fields().containsKey(APPEND)) {
            return append(base, top.fields().get(APPEND), path);
        }
        if (top.fields().isEmpty() && !path.isEmpty()) {
            return top;
        }
        if (top.fields().containsKey(REPLACE) || !(base instanceof Value.Fields || isType(base))) {
            return plain(top, path);
        }
        Value.Fields below = component(base);
        if (changesType(below, top)) {
            return plain(top, path);
        }
        Map<String, Value.Field> merged = new LinkedHashMap<>(below.fields());
        top.fields().forEach((key, field) -> {
            String full = join(path, key);
            Value.Field earlier = merged.get(key);
            Value value = earlier == null ? plain(field.value(), full) : merge(earlier.value(), field.value(), full);
            merged.put(key, new Value.Field(field.key(), value));
        });
        return new Value.Fields(top.place(), merged);
    }

    /** A value over nothing: {@code $append} and {@code $replace} are what they hold. */
    Value plain(Value value, String path) {
        if (!(value instanceof Value.Fields given)) {
            return value;
        }
        Value.Fields fields = checked(given, path);
        if (isSpoilt(given, fields)) {
            return new Value.Unknown(value.place());
        }
        for (String mark : MARKS) {
            if (fields.fields().containsKey(mark)) {
                return fields.fields().get(mark).value();
            }
        }
        Map<String, Value.Field> cleaned = new LinkedHashMap<>();
        fields.fields()
                .forEach((key, field) ->
                        cleaned.put(key, new Value.Field(field.key(), plain(field.value(), join(path, key)))));
        return new Value.Fields(fields.place(), cleaned);
    }

    private Value append(Value base, Value.Field marked, String path) {
        if (!(base instanceof Value.Items below)) {
            problems.add(Problem.at(
                    Rule.MERGE, marked.key(), path, "$append needs an inherited list, but this is " + base.kind()));
            return new Value.Unknown(marked.key());
        }
        List<Value> all = new ArrayList<>(below.values());
        all.addAll(((Value.Items) marked.value()).values());
        return new Value.Items(marked.value().place(), List.copyOf(all));
    }

    /** Without marks that stand wrong, which are reported. */
    private Value.Fields checked(Value.Fields fields, String path) {
        Value.Fields checked = fields;
        for (String mark : MARKS) {
            Value.Field field = fields.fields().get(mark);
            if (field == null) {
                continue;
            }
            boolean alone = fields.fields().size() == 1;
            if (!alone || mark.equals(APPEND) && !(field.value() instanceof Value.Items)) {
                problems.add(Problem.at(
                        Rule.MERGE,
                        field.key(),
                        path,
                        alone
                                ? "$append needs a list, not " + field.value().kind()
                                : mark + " must be the only key of its map"));
                checked = checked.without(mark);
            }
        }
        return checked;
    }

    private static boolean isSpoilt(Value.Fields given, Value.Fields checked) {
        return checked.fields().isEmpty() && !given.fields().isEmpty();
    }

    private static String join(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    /** A component that is written as its type alone is one without keys of its own. */
    static Value.Fields component(Value value) {
        if (value instanceof Value.Fields fields) {
            return fields;
        }
        Value.Fields none = Value.Fields.empty(value.place());
        return isType(value) ? none.with("type", new Value.Field(value.place(), value)) : none;
    }

    private static boolean isType(Value value) {
        return value instanceof Value.Scalar scalar && scalar.typed() instanceof String;
    }

    private static boolean changesType(Value.Fields below, Value.Fields top) {
        return type(below) != null && type(top) != null && !type(below).equals(type(top));
    }

    static String type(Value.Fields fields) {
        Value.Field field = fields.fields().get("type");
        return field != null && field.value() instanceof Value.Scalar scalar ? scalar.text() : null;
    }
}
