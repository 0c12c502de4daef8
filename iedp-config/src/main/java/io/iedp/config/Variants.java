package io.iedp.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a file of named set-ups: a map of names to lists of {@code key.path=value} settings. */
public final class Variants {
    private Variants() {}

    /**
     * @return the settings by name, in the order of the file
     * @throws ConfigException with all that is wrong
     */
    public static Map<String, List<String>> read(Path file) {
        List<Problem> problems = new ArrayList<>();
        Optional<Value.Fields> fields = new YamlReader(file.toString(), problems).read(file);
        Map<String, List<String>> variants = new LinkedHashMap<>();
        fields.ifPresent(read ->
                read.fields().forEach((name, field) -> variants.put(name, settings(name, field.value(), problems))));
        if (fields.isPresent() && variants.isEmpty()) {
            problems.add(Problem.at(Rule.EMPTY, fields.get().place(), "", "there is no variant in this file"));
        }
        if (!problems.isEmpty()) {
            throw new ConfigException(file.toString(), problems);
        }
        return variants;
    }

    private static List<String> settings(String name, Value value, List<Problem> problems) {
        List<String> settings = new ArrayList<>();
        if (!(value instanceof Value.Items items)) {
            problems.add(Problem.at(
                    Rule.WRONG_TYPE,
                    value.place(),
                    name,
                    "must be a list of key.path=value settings, [] for the experiment as it is, but is "
                            + value.kind()));
            return settings;
        }
        for (Value item : items.values()) {
            if (item instanceof Value.Scalar scalar && scalar.text().indexOf('=') > 0) {
                settings.add(scalar.text());
            } else {
                problems.add(Problem.at(
                        Rule.WRONG_TYPE,
                        item.place(),
                        name,
                        "must be a setting key.path=value, in quotes when it has braces, brackets or commas, but is "
                                + item.kind()));
            }
        }
        return settings;
    }
}
