package io.iedp.launcher.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Lays one file over another: maps merge, all else replaces. {@code $append: [...]} adds to an inherited list,
 * {@code $replace: {...}} takes the place of an inherited map, and so does a map of another {@code type}, since
 * the keys of one component mean nothing to another.
 */
final class Merging {
    private static final String APPEND = "$append";
    private static final String REPLACE = "$replace";

    private final List<Problem> problems;

    Merging(List<Problem> problems) {
        this.problems = problems;
    }

    Value merge(Value base, Value over, String path) {
        if (over instanceof Value.Fields top && isMarked(top, path)) {
            Value.Field marked = top.fields().values().iterator().next();
            if (top.fields().containsKey(REPLACE)) {
                return marked.value();
            }
            return append(base, marked, path);
        }
        if (base instanceof Value.Fields below && over instanceof Value.Fields top && !changesType(below, top)) {
            Map<String, Value.Field> merged = new LinkedHashMap<>(below.fields());
            top.fields().forEach((key, field) -> {
                String full = path.isEmpty() ? key : path + "." + key;
                Value.Field earlier = merged.get(key);
                merged.put(
                        key,
                        earlier == null
                                ? new Value.Field(field.key(), plain(field.value(), full))
                                : new Value.Field(field.key(), merge(earlier.value(), field.value(), full)));
            });
            return new Value.Fields(top.place(), merged);
        }
        return plain(over, path);
    }

    /** A value over nothing: {@code $append} and {@code $replace} are what they hold. */
    Value plain(Value value, String path) {
        if (!(value instanceof Value.Fields fields)) {
            return value;
        }
        if (isMarked(fields, path)) {
            return fields.fields().values().iterator().next().value();
        }
        Map<String, Value.Field> cleaned = new LinkedHashMap<>();
        fields.fields()
                .forEach((key, field) -> cleaned.put(
                        key,
                        new Value.Field(field.key(), plain(field.value(), path.isEmpty() ? key : path + "." + key))));
        return new Value.Fields(fields.place(), cleaned);
    }

    private Value append(Value base, Value.Field marked, String path) {
        if (!(base instanceof Value.Items below)) {
            problems.add(Problem.at(
                    Rule.MERGE, marked.key(), path, "$append needs an inherited list, but this is " + base.kind()));
            return marked.value();
        }
        List<Value> all = new ArrayList<>(below.values());
        if (marked.value() instanceof Value.Items items) {
            all.addAll(items.values());
        }
        return new Value.Items(marked.value().place(), List.copyOf(all));
    }

    private boolean isMarked(Value.Fields fields, String path) {
        for (String mark : List.of(APPEND, REPLACE)) {
            Value.Field field = fields.fields().get(mark);
            if (field == null) {
                continue;
            }
            if (fields.fields().size() > 1) {
                problems.add(Problem.at(Rule.MERGE, field.key(), path, mark + " must be the only key of its map"));
                return false;
            }
            if (mark.equals(APPEND) && !(field.value() instanceof Value.Items)) {
                problems.add(Problem.at(
                        Rule.MERGE,
                        field.key(),
                        path,
                        "$append needs a list, not " + field.value().kind()));
            }
            return true;
        }
        return false;
    }

    private static boolean changesType(Value.Fields below, Value.Fields top) {
        return type(below) != null && type(top) != null && !type(below).equals(type(top));
    }

    static String type(Value.Fields fields) {
        Value.Field field = fields.fields().get("type");
        return field != null && field.value() instanceof Value.Scalar scalar ? scalar.text() : null;
    }
}
