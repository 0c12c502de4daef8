package io.iedp.config;

import java.util.Locale;

/** What can be wrong with an experiment file. Ids never change and are never used again. */
public enum Rule {
    /** The file cannot be read. */
    UNREADABLE(1),
    /** The text is not YAML. */
    SYNTAX(2),
    /** There is no document, more than one, or the document is not a map. */
    DOCUMENT(3),
    /** A key occurs twice in one map. */
    DUPLICATE_KEY(4),
    /** A tag, a merge key or a key that is no plain word. */
    UNSUPPORTED(5),
    /** Aliases that contain themselves or blow up, or nesting without end. */
    TOO_COMPLEX(6),
    /** A file to extend is missing, or extends itself. */
    EXTENDS(7),
    /** {@code $append} or {@code $replace} in the wrong place. */
    MERGE(8),
    /** A reference to a key that is not there, or back to itself. */
    REFERENCE(9),
    /** An environment variable that is not set. */
    ENVIRONMENT(10),
    /** A setting of the command line that is no {@code key.path=value}, or names no place. */
    OVERRIDE(11),
    /** A key that does not exist. */
    UNKNOWN_KEY(12),
    /** A key that must be there is not. */
    MISSING_KEY(13),
    /** A value of another type. */
    WRONG_TYPE(14),
    /** A component or a choice that does not exist. */
    UNKNOWN_CHOICE(15),
    /** A number outside its range, or no finite number. */
    OUT_OF_RANGE(16),
    /** Nothing where something must be. */
    EMPTY(17),
    /** Values that contradict each other. */
    CONSTRAINT(18);

    private final int number;

    Rule(int number) {
        this.number = number;
    }

    /** The stable id, as in {@code IEDP-CFG-012}. */
    public String id() {
        return String.format(Locale.ROOT, "IEDP-CFG-%03d", number);
    }
}
