package io.iedp.io.pickle;

import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The letters that Python writes with a backslash in pickles of protocol 0. */
final class Escapes {
    private static final Pattern BYTE = Pattern.compile("\\\\(?:x(\\p{XDigit}{2})|(.?))");
    private static final Pattern UNICODE = Pattern.compile("\\\\(?:u(\\p{XDigit}{4})|U(\\p{XDigit}{8}))");

    private Escapes() {}

    /** Of a string of bytes, as {@code repr} writes it. */
    static String bytes(String text) {
        return replace(BYTE, text, match -> {
            if (match.group(1) != null) {
                return letter(match.group(1));
            }
            return switch (match.group(2)) {
                case "n" -> "\n";
                case "r" -> "\r";
                case "t" -> "\t";
                case "\\", "'", "\"" -> match.group(2);
                default -> throw new BrokenPickle("it has a string with the unknown escape " + match.group());
            };
        });
    }

    /** Of a string of letters, in the encoding {@code raw-unicode-escape}. */
    static String unicode(String text) {
        return replace(UNICODE, text, match -> letter(match.group(1) != null ? match.group(1) : match.group(2)));
    }

    private static String letter(String digits) {
        int code = Integer.parseUnsignedInt(digits, 16);
        if (!Character.isValidCodePoint(code)) {
            throw new BrokenPickle("it has a string with the impossible letter " + digits);
        }
        return Character.toString(code);
    }

    private static String replace(Pattern pattern, String text, Function<MatchResult, String> by) {
        return text.indexOf('\\') < 0
                ? text
                : pattern.matcher(text).replaceAll(match -> Matcher.quoteReplacement(by.apply(match)));
    }
}
