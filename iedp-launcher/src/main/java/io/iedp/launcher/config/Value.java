package io.iedp.launcher.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A YAML value that knows where it was written. */
sealed interface Value {
    Place place();

    /** What it is, in words. */
    String kind();

    /**
     * A single value.
     *
     * @param text as written, without quotes
     * @param typed what the text means: String, Long, Double, Boolean, or {@code Null.NULL}
     */
    record Scalar(Place place, String text, Object typed) implements Value {
        @Override
        public String kind() {
            if (typed instanceof String) {
                return "the text '%s'".formatted(text);
            }
            if (typed == CoreSchema.Null.NULL) {
                return "empty";
            }
            return (typed instanceof Boolean ? "" : "the number ") + text;
        }
    }

    /** A sequence. */
    record Items(Place place, List<Value> values) implements Value {
        @Override
        public String kind() {
            return "a list";
        }
    }

    /** A map in the order of the file. */
    record Fields(Place place, Map<String, Field> fields) implements Value {
        static Fields empty(Place place) {
            return new Fields(place, new LinkedHashMap<>());
        }

        Fields with(String key, Field field) {
            Map<String, Field> changed = new LinkedHashMap<>(fields);
            changed.put(key, field);
            return new Fields(place, changed);
        }

        Fields without(String key) {
            Map<String, Field> changed = new LinkedHashMap<>(fields);
            changed.remove(key);
            return new Fields(place, changed);
        }

        @Override
        public String kind() {
            return "a map";
        }
    }

    /**
     * The value of a key.
     *
     * @param key where the key was written
     */
    record Field(Place key, Value value) {}
}
