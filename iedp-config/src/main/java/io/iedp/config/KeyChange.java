package io.iedp.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * A key whose value differs between two resolved experiment files.
 *
 * @param key its path, with the positions in lists counted from 0, as in {@code data.augment.0.share}
 * @param before the value in the first, if it has the key
 * @param after the value in the second, likewise
 */
public record KeyChange(String key, Optional<String> before, Optional<String> after) {
    /** Every key that differs, in alphabetical order. */
    public static List<KeyChange> between(String before, String after) {
        Map<String, String> one = values(before);
        Map<String, String> other = values(after);
        TreeSet<String> keys = new TreeSet<>(one.keySet());
        keys.addAll(other.keySet());
        return keys.stream()
                .filter(key -> !Objects.equals(one.get(key), other.get(key)))
                .map(key -> new KeyChange(key, Optional.ofNullable(one.get(key)), Optional.ofNullable(other.get(key))))
                .toList();
    }

    /** As in {@code training.steps: 100 -> 200}. */
    @Override
    public String toString() {
        return "%s: %s -> %s".formatted(key, before.orElse("(absent)"), after.orElse("(absent)"));
    }

    private static Map<String, String> values(String yaml) {
        Map<String, String> values = new LinkedHashMap<>();
        flatten("", new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml), values);
        return values;
    }

    private static void flatten(String path, Object value, Map<String, String> values) {
        String prefix = path.isEmpty() ? "" : path + ".";
        if (value instanceof Map<?, ?> map && !map.isEmpty()) {
            map.forEach((key, each) -> flatten(prefix + key, each, values));
        } else if (value instanceof List<?> list && list.stream().anyMatch(Map.class::isInstance)) {
            for (int i = 0; i < list.size(); i++) {
                flatten(prefix + i, list.get(i), values);
            }
        } else {
            values.put(path, String.valueOf(value));
        }
    }
}
