package io.iedp.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Replaces {@code ${a.b}} by the value of that key, {@code ${env:NAME}} by an environment variable, and {@code
 * ${env:NAME:-default}} by the default when it is not set. A doubled dollar sign stands for a plain one.
 */
final class References {
    private static final int DEPTH = 50;
    private static final int COUNT = 10_000;

    /** Values and letters that the references of a file may make. */
    private static final int SIZE = 10_000_000;

    /** Maps and lists inside of others, those that references lead to among them. */
    private static final int NESTED = 200;

    /** References that lead nowhere for which names are suggested. */
    private static final int SUGGESTED = 100;

    private static final Pattern REFERENCE = Pattern.compile("\\$\\$\\{|\\$\\{([^{}]*)}|\\$\\{");
    private static final Pattern ENVIRONMENT = Pattern.compile("env:([A-Za-z_][A-Za-z0-9_]*)(?::-(.*))?");

    private final Value.Fields root;
    private final Map<String, String> environment;
    private final List<Problem> problems;
    private final Set<SourceLocation> circles = new HashSet<>();
    private final Supplier<List<String>> keys;
    private int followed;
    private int nested;
    private long size;

    References(Value.Fields root, Map<String, String> environment, List<Problem> problems) {
        this.root = root;
        this.environment = environment;
        this.problems = problems;
        this.keys = new Supplier<>() {
            private List<String> known;

            @Override
            public List<String> get() {
                known = known == null ? leaves(root) : known;
                return known;
            }
        };
    }

    /** The values without references; empty when these lead on without end. */
    Optional<Value.Fields> resolve() {
        return resolve(root);
    }

    /** Some of the values without references, which may refer to all. */
    Optional<Value.Fields> resolve(Value.Fields some) {
        try {
            return Optional.of((Value.Fields) resolve(some, "", List.of()));
        } catch (TooMuch e) {
            return Optional.empty();
        }
    }

    /** Ends the following of references that lead on without end. */
    private static final class TooMuch extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private Value resolve(Value value, String path, List<String> open) {
        count(1, value.place(), path);
        if (++nested > NESTED) {
            problems.add(Problem.at(Rule.TOO_COMPLEX, value.place(), path, YamlReader.TOO_DEEP));
            throw new TooMuch();
        }
        try {
            return resolved(value, path, open);
        } finally {
            nested--;
        }
    }

    private void count(int more, SourceLocation place, String path) {
        size += more;
        if (size > SIZE) {
            problems.add(Problem.at(
                    Rule.TOO_COMPLEX,
                    place,
                    path,
                    "with its references written out, the file has more than %s letters".formatted(SIZE)));
            throw new TooMuch();
        }
    }

    private Value resolved(Value value, String path, List<String> open) {
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
        return value instanceof Value.Scalar scalar
                        && scalar.typed() instanceof String
                        && scalar.text().contains("${")
                ? fill(scalar, path, open)
                : value;
    }

    private Value fill(Value.Scalar scalar, String path, List<String> open) {
        Matcher matcher = REFERENCE.matcher(scalar.text());
        if (matcher.matches() && matcher.group(1) != null) {
            return target(matcher.group(1), scalar, path, open).orElse(new Value.Unknown(scalar.place()));
        }
        StringBuilder text = new StringBuilder();
        StringBuilder written = new StringBuilder();
        boolean known = true;
        boolean environment = false;
        int end = 0;
        matcher.reset();
        while (matcher.find()) {
            Optional<Value.Scalar> part = part(matcher, scalar, path, open);
            known &= part.isPresent();
            environment |= part.filter(each -> !each.reference().isEmpty()).isPresent();
            String before = scalar.text().substring(end, matcher.start());
            text.append(before).append(part.map(Value.Scalar::text).orElse(""));
            written.append(before).append(part.map(Value.Scalar::written).orElse(""));
            end = matcher.end();
            count(part.map(Value.Scalar::text).orElse("").length(), scalar.place(), path);
        }
        String rest = scalar.text().substring(end);
        Value.Scalar filled = Value.Scalar.text(scalar.place(), text + rest);
        return !known ? new Value.Unknown(scalar.place()) : environment ? filled.from(written + rest) : filled;
    }

    /** A reference inside of a longer text. */
    private Optional<Value.Scalar> part(Matcher matcher, Value.Scalar scalar, String path, List<String> open) {
        if (matcher.group().equals("$${")) {
            return Optional.of(Value.Scalar.text(scalar.place(), "${"));
        }
        String inner = matcher.group(1);
        if (inner == null) {
            problems.add(Problem.at(
                    Rule.REFERENCE,
                    scalar.place(),
                    path,
                    "'${' begins a reference that has no end or holds another one; $${ stands for a plain ${"));
            return Optional.empty();
        }
        Optional<Value> value = target(inner, scalar, path, open);
        if (value.isPresent() && value.get() instanceof Value.Scalar part && !part.isNull()) {
            return Optional.of(part);
        }
        if (value.isPresent() && !(value.get() instanceof Value.Unknown)) {
            problems.add(Problem.at(
                    Rule.REFERENCE,
                    scalar.place(),
                    path,
                    "${%s} is %s, which cannot be part of a text"
                            .formatted(inner, value.get().kind())));
        }
        return Optional.empty();
    }

    private Optional<Value> target(String inner, Value.Scalar scalar, String path, List<String> open) {
        Matcher variable = ENVIRONMENT.matcher(inner);
        if (variable.matches()) {
            return environment(variable, scalar, path);
        }
        if (open.contains(inner)) {
            if (circles.add(scalar.place())) {
                problems.add(Problem.at(
                        Rule.REFERENCE,
                        scalar.place(),
                        path,
                        "the references form a circle: %s -> %s".formatted(String.join(" -> ", open), inner)));
            }
            return Optional.empty();
        }
        if (open.size() >= DEPTH || ++followed > COUNT) {
            problems.add(Problem.at(
                    Rule.TOO_COMPLEX,
                    scalar.place(),
                    path,
                    open.size() >= DEPTH
                            ? "the references lead from one to the next more than %s times".formatted(DEPTH)
                            : "the references of this file lead to more than %s others".formatted(COUNT)));
            throw new TooMuch();
        }
        Optional<Value> found = find(root, inner);
        if (found.isEmpty()) {
            problems.add(Problem.at(
                    Rule.REFERENCE,
                    scalar.place(),
                    path,
                    "${%s} names a key that the file does not set%s"
                            .formatted(
                                    inner,
                                    problems.size() < SUGGESTED ? "; " + Suggestions.of(inner, others(path)) : "")));
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
            return Optional.of(
                    Value.Scalar.loose(SourceLocation.environment(name), set).from("${" + variable.group() + "}"));
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
        return Optional.of(Value.Scalar.loose(scalar.place(), variable.group(2)));
    }

    /** A copied scalar counts as written where the reference is. */
    private static Value at(Value value, SourceLocation place) {
        return value instanceof Value.Scalar scalar ? scalar.at(place) : value;
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

    /** The keys that the value of one may refer to: all but itself. */
    private List<String> others(String path) {
        return keys.get().stream().filter(key -> !key.equals(path)).toList();
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
