package io.iedp.io.text;

import java.util.regex.Pattern;

/** The one place that knows what of a text is not to be shown: what lets somebody in, in an address. */
public final class Secrets {
    /** Stands for what is not shown. */
    public static final String MASK = "***";

    private static final Pattern USER = Pattern.compile("://[^/?#\\s'\"<>]*@");
    private static final Pattern PARAMETER = Pattern.compile(
            "([?&;][a-z0-9_.-]{0,60}?(?:token|secret|passw(?:or)?d|api[_-]?key|access[_-]?key|credentials?|auth|sig|signature)=)[^&;#\\s'\"<>]+",
            Pattern.CASE_INSENSITIVE);

    private Secrets() {}

    /** The text with {@code ***} for the user information of addresses, and for parameters such as {@code access_token}. */
    public static String mask(String text) {
        String masked = text.contains("://") ? USER.matcher(text).replaceAll("://***@") : text;
        return masked.contains("=") ? PARAMETER.matcher(masked).replaceAll("$1***") : masked;
    }
}
