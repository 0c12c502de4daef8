package io.iedp.config;

import java.util.regex.Pattern;

/**
 * What plain scalars mean, after the core schema of YAML 1.2 (section 10.3.2): {@code no} is text and
 * {@code 1e-4} a number. Unlike there, digits after a leading zero are text, since they are names more often
 * than numbers.
 */
final class CoreSchema {
    private static final Pattern NULL = Pattern.compile("|~|null|Null|NULL");
    private static final Pattern BOOLEAN = Pattern.compile("true|True|TRUE|false|False|FALSE");
    private static final Pattern INTEGER = Pattern.compile("[-+]?(0|[1-9][0-9]*)");
    private static final Pattern OCTAL = Pattern.compile("0o[0-7]+");
    private static final Pattern HEXADECIMAL = Pattern.compile("0x[0-9a-fA-F]+");
    private static final Pattern FLOAT = Pattern.compile(
            "[-+]?(\\.[0-9]+|(0|[1-9][0-9]*)\\.[0-9]*)([eE][-+]?[0-9]+)?|[-+]?(0|[1-9][0-9]*)[eE][-+]?[0-9]+");
    private static final Pattern INFINITY = Pattern.compile("[-+]?\\.(inf|Inf|INF)");
    private static final Pattern NOT_A_NUMBER = Pattern.compile("\\.(nan|NaN|NAN)");

    private CoreSchema() {}

    /** The value of an empty scalar. */
    enum Null {
        NULL
    }

    static Object resolve(String text) {
        if (NULL.matcher(text).matches()) {
            return Null.NULL;
        }
        if (BOOLEAN.matcher(text).matches()) {
            return Boolean.valueOf(text);
        }
        if (INTEGER.matcher(text).matches()) {
            return integer(text, text, 10);
        }
        if (OCTAL.matcher(text).matches()) {
            return integer(text, text.substring(2), 8);
        }
        if (HEXADECIMAL.matcher(text).matches()) {
            return integer(text, text.substring(2), 16);
        }
        if (FLOAT.matcher(text).matches()) {
            return Double.valueOf(text);
        }
        if (INFINITY.matcher(text).matches()) {
            return text.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
        return NOT_A_NUMBER.matcher(text).matches() ? (Object) Double.NaN : text;
    }

    /** Whole numbers that no long can hold become floating-point ones, which no whole-number key takes. */
    private static Object integer(String text, String digits, int radix) {
        try {
            return Long.valueOf(digits, radix);
        } catch (NumberFormatException e) {
            return radix == 10 ? (Object) Double.valueOf(text) : text;
        }
    }
}
