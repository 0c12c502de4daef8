package io.iedp.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** A YAML value that knows where it was written. */
sealed interface Value {
    SourceLocation place();

    /** What it is, in words. */
    String kind();

    /**
     * A single value.
     *
     * @param text as written, without quotes
     * @param typed what the text means: String, Long, Double, Boolean, or {@code Null.NULL}
     * @param loose whether it is text as well where text is wanted, since quotes would not have reached it
     * @param reference how it was written if the environment has a part in it, else empty
     */
    record Scalar(SourceLocation place, String text, Object typed, boolean loose, String reference) implements Value {
        private static final int SHOWN = 60;

        /** A value without quotes, which means what it looks like. */
        static Scalar plain(SourceLocation place, String text) {
            return new Scalar(place, text, CoreSchema.resolve(text), false, "");
        }

        static Scalar text(SourceLocation place, String text) {
            return new Scalar(place, text, text, false, "");
        }

        /** A value from where quotes mean something else: the command line, the environment. */
        static Scalar loose(SourceLocation place, String text) {
            return plain(place, text).loosely();
        }

        Scalar loosely() {
            return new Scalar(place, text, typed, true, reference);
        }

        Scalar at(SourceLocation other) {
            return new Scalar(other, text, typed, loose, reference);
        }

        Scalar from(String written) {
            return new Scalar(place, text, typed, loose, written);
        }

        /** As it would be written in a file: with its references to the environment, if it has some. */
        String written() {
            return reference.isEmpty() ? text.replace("${", "$${") : reference;
        }

        boolean isNull() {
            return typed == CoreSchema.Null.NULL;
        }

        /** The text, cut when it is long. */
        String shown() {
            return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
        }

        @Override
        public String kind() {
            if (typed instanceof String) {
                return text.isEmpty() ? "empty text" : "the text '%s'".formatted(shown());
            }
            return isNull() ? "empty" : (typed instanceof Boolean ? "" : "the number ") + shown();
        }
    }

    /** What a reference would have stood for, had it led anywhere; that was reported where it was found. */
    record Unknown(SourceLocation place) implements Value {
        @Override
        public String kind() {
            return "unknown";
        }
    }

    /** A sequence. */
    record Items(SourceLocation place, List<Value> values) implements Value {
        @Override
        public String kind() {
            return "a list";
        }
    }

    /** A map in the order of the file. */
    record Fields(SourceLocation place, Map<String, Field> fields) implements Value {
        static Fields empty(SourceLocation place) {
            return new Fields(place, new LinkedHashMap<>());
        }

        Fields with(String key, Field field) {
            Map<String, Field> changed = new LinkedHashMap<>(fields);
            changed.put(key, field);
            return new Fields(place, changed);
        }

        Fields without(String key) {
            return only(other -> !other.equals(key));
        }

        /** Those fields whose keys match. */
        Fields only(Predicate<String> keys) {
            Map<String, Field> changed = new LinkedHashMap<>(fields);
            changed.keySet().removeIf(keys.negate());
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
    record Field(SourceLocation key, Value value) {}
}
