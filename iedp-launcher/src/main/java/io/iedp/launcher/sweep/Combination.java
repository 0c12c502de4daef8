package io.iedp.launcher.sweep;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One point of a grid.
 *
 * @param values its value on each axis that has several, by the axis
 * @param settings what makes it, those of axes with one value among them
 */
record Combination(Map<String, String> values, List<String> settings) {
    private static final int LONGEST = 80;

    Combination {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        settings = List.copyOf(settings);
    }

    /** The name of its folder. What cannot be in one, or would be too long, is told apart by a hash. */
    String folder() {
        String full = values.isEmpty() ? "run" : label(values);
        String plain = full.replaceAll("[^\\p{L}\\p{N}._=,+-]", "_");
        if (plain.equals(full) && plain.length() <= LONGEST && !plain.startsWith(".")) {
            return plain;
        }
        String start = plain.substring(0, Math.min(plain.length(), LONGEST)).replaceFirst("^\\.", "_");
        return String.format(Locale.ROOT, "%s-%08x", start, full.hashCode());
    }

    /** What it has in common with the combinations that differ from it in nothing but the seed. */
    Map<String, String> group() {
        Map<String, String> group = new LinkedHashMap<>(values);
        group.remove(Axis.SEED);
        return group;
    }

    static String label(Map<String, String> values) {
        return values.entrySet().stream()
                .map(value -> value.getKey() + "=" + value.getValue())
                .collect(Collectors.joining(","));
    }
}
