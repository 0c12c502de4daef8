package io.iedp.launcher.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Replaces {@code ${a.b}} by the value of that key, {@code ${env:NAME}} by an environment variable, and {@code
 * ${env:NAME:-default}} by the default when it is not set. A doubled dollar sign stands for a plain one.
 */
final class References {
    private static final Pattern REFERENCE = Pattern.compile("\\$\\$\\{|\\$\\{([^{}]*)}");
    private static final Pattern ENVIRONMENT = Pattern.compile("env:([A-Za-z_][A-Za-z0-9_]*)(?::-(.*))?");

    private final Value.Fields root;
    private final Map<String, String> environment;
    private final List<Problem> problems;

    References(Value.Fields root, Map<String, String> environment, List<Problem> problems) {
        this.root = root;
        this.environment = environment;
        this.problems = problems;
    }

    Value.Fields resolve() {
        return (Value.Fields) resolve(root, "", List.of());
    }

    private Value resolve(Value value, String path, List<String> open) {
        if (value instanceof Value.Fields fields) {
            Map<String, Value.Field> resolved = new LinkedHashMap<>();
            fields.fields()
                    .forEach((key, field) -> resolved.put(
                            key,
                            new Value.Field(
                                    field.key(),
                                    resolve(field.value(), path.isEmpty() ? key : path + "." + key, open))));
            return new Value.Fields(fields.place(), resolved);
        }
        if (value instanceof Value.Items items) {
            List<Value> resolved = new ArrayList<>();
            for (Value each : items.values()) {
                resolved.add(resolve(each, path + "." + resolved.size(), open));
            }
            return new Value.Items(items.place(), List.copyOf(resolved));
        }
        Value.Scalar scalar = (Value.Scalar) value;
        return scalar.typed() instanceof String && scalar.text().contains("${") ? fill(scalar, path, open) : scalar;
    }

    private Value fill(Value.Scalar scalar, String path, List<String> open) {
        Matcher matcher = REFERENCE.matcher(scalar.text());
        if (matcher.matches() && matcher.group(1) != null) {
            return target(matcher.group(1), scalar, path, open).orElse(scalar);
        }
        StringBuilder text = new StringBuilder();
        matcher.reset();
        while (matcher.find()) {
            String inner = matcher.group(1);
            matcher.appendReplacement(
                    text, Matcher.quoteReplacement(inner == null ? "${" : part(inner, scalar, path, open)));
        }
        matcher.appendTail(text);
        return new Value.Scalar(scalar.place(), text.toString(), text.toString());
    }

    /** A reference inside of a longer text. */
    private String part(String inner, Value.Scalar scalar, String path, List<String> open) {
        Optional<Value> value = target(inner, scalar, path, open);
        if (value.isPresent() && !(value.get() instanceof Value.Scalar)) {
            problems.add(Problem.at(
                    Rule.REFERENCE,
                    scalar.place(),
                    path,
                    "${%s} is %s, which cannot be part of a text"
                            .formatted(inner, value.get().kind())));
        }
        return value.isPresent() && value.get() instanceof Value.Scalar part ? part.text() : "";
    }

    private Optional<Value> target(String inner, Value.Scalar scalar, String path, List<String> open) {
        Matcher variable = ENVIRONMENT.matcher(inner);
        if (variable.matches()) {
            return environment(variable, scalar, path);
        }
        if (open.contains(inner)) {
            problems.add(Problem.at(
                    Rule.REFERENCE,
                    scalar.place(),
                    path,
                    "the references form a circle: %s -> %s"
                            .formatted(open.stream().collect(Collectors.joining(" -> ")), inner)));
            return Optional.empty();
        }
        Optional<Value> found = find(root, inner);
        if (found.isEmpty()) {
            problems.add(Problem.at(
                    Rule.REFERENCE,
                    scalar.place(),
                    path,
                    "${%s} names a key that the file does not set; %s"
                            .formatted(inner, Suggestions.of(inner, leaves(root)))));
            return Optional.empty();
        }
        List<String> further = new ArrayList<>(open);
        further.add(inner);
        return Optional.of(at(resolve(found.get(), inner, further), scalar.place()));
    }

    private Optional<Value> environment(Matcher variable, Value.Scalar scalar, String path) {
        String name = variable.group(1);
        String set = environment.get(name);
        if (set != null) {
            return Optional.of(new Value.Scalar(Place.environment(name), set, CoreSchema.resolve(set)));
        }
        if (variable.group(2) == null) {
            problems.add(Problem.at(
                    Rule.ENVIRONMENT,
                    scalar.place(),
                    path,
                    "the environment variable %s is not set; set it, or give a default: ${env:%s:-default}"
                            .formatted(name, name)));
            return Optional.empty();
        }
        return Optional.of(new Value.Scalar(scalar.place(), variable.group(2), CoreSchema.resolve(variable.group(2))));
    }

    /** A copied scalar counts as written where the reference is. */
    private static Value at(Value value, Place place) {
        return value instanceof Value.Scalar scalar ? new Value.Scalar(place, scalar.text(), scalar.typed()) : value;
    }

    private static Optional<Value> find(Value from, String path) {
        Value value = from;
        for (String key : path.split("\\.", -1)) {
            if (value instanceof Value.Fields fields && fields.fields().containsKey(key)) {
                value = fields.fields().get(key).value();
            } else if (value instanceof Value.Items items
                    && key.matches("\\d{1,6}")
                    && Integer.parseInt(key) < items.values().size()) {
                value = items.values().get(Integer.parseInt(key));
            } else {
                return Optional.empty();
            }
        }
        return Optional.of(value);
    }

    private static List<String> leaves(Value.Fields fields) {
        List<String> paths = new ArrayList<>();
        fields.fields().forEach((key, field) -> {
            if (field.value() instanceof Value.Fields inner) {
                leaves(inner).forEach(leaf -> paths.add(key + "." + leaf));
            } else {
                paths.add(key);
            }
        });
        return paths;
    }
}
