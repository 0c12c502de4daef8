package io.iedp.launcher.sweep;

import io.iedp.api.UserException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One direction of a grid.
 *
 * @param name the key, or {@link #VARIANT}
 * @param values what is put there: the settings of each value, by the value as written
 */
record Axis(String name, Map<String, List<String>> values) {
    static final String VARIANT = "variant";
    static final String SEED = "seed";

    Axis {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    static Axis variants(Map<String, List<String>> variants) {
        return new Axis(VARIANT, variants);
    }

    /**
     * An axis as the command line has it: {@code key.path=value,value...}. Commas part values unless they are inside of
     * brackets, braces or quotes.
     *
     * @throws UserException if it is none
     */
    static Axis parse(String text) {
        int equals = text.indexOf('=');
        if (equals <= 0) {
            throw new UserException("'%s' must be key.path=value,value..., as in seed=1,2,3".formatted(text));
        }
        String key = text.substring(0, equals);
        List<String> split = split(text, text.substring(equals + 1));
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (String value : split) {
            if (value.isEmpty() && split.size() > 1) {
                throw new UserException("%s: a value is missing beside a comma".formatted(text));
            }
            if (values.put(value, List.of(key + "=" + value)) != null) {
                throw new UserException("%s: the value %s is there twice".formatted(text, value));
            }
        }
        return new Axis(key, values);
    }

    private static List<String> split(String text, String values) {
        List<String> split = new ArrayList<>();
        StringBuilder value = new StringBuilder();
        int depth = 0;
        char quote = 0;
        char before = ',';
        for (char c : values.toCharArray()) {
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if ((c == '"' || c == '\'') && ",[{:".indexOf(before) >= 0) {
                quote = c;
            } else if (c == '[' || c == '{') {
                depth++;
            } else if (c == ']' || c == '}') {
                depth--;
            }
            if (c == ',' && depth == 0 && quote == 0) {
                split.add(value.toString().strip());
                value.setLength(0);
            } else {
                value.append(c);
            }
            before = c == ' ' ? before : c;
        }
        if (depth != 0 || quote != 0) {
            throw new UserException("%s: a bracket or a quote has no other end".formatted(text));
        }
        split.add(value.toString().strip());
        return split;
    }
}
