package io.iedp.conditioning;

import java.util.Locale;
import org.unbescape.html.HtmlEscape;

/**
 * HTML 5's entities, decoded as the ftfy library decodes them: only those that end in a semicolon, since captions have
 * ampersands of their own; also names that became upper case with the rest of a text; none in text with a tag in it.
 */
final class HtmlEntities {
    private static final int LONGEST_NAME = 24;

    private HtmlEntities() {}

    static String unescape(String text) {
        if (text.indexOf('<') >= 0) {
            return text;
        }
        StringBuilder decoded = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            decoded.append(text.charAt(i));
            // What an entity stands for can be the beginning or the end of another.
            while (endsInEntity(decoded)) {
                int begin = decoded.lastIndexOf("&");
                String whole = decoded.substring(begin);
                String letters = character(whole);
                if (letters.equals(whole)) {
                    break;
                }
                decoded.replace(begin, decoded.length(), letters);
            }
        }
        return decoded.toString();
    }

    /** As in {@code &#?[0-9A-Za-z]{1,24};}. */
    private static boolean endsInEntity(CharSequence text) {
        int end = text.length() - 1;
        if (end < 0 || text.charAt(end) != ';') {
            return false;
        }
        int at = end - 1;
        while (at >= 0 && end - at <= LONGEST_NAME && isLetterOrDigit(text.charAt(at))) {
            at--;
        }
        boolean named = at < end - 1;
        at -= at > 0 && text.charAt(at) == '#' ? 1 : 0;
        return named && at >= 0 && text.charAt(at) == '&';
    }

    private static boolean isLetterOrDigit(char c) {
        return c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z';
    }

    private static String character(String whole) {
        String decoded = HtmlEscape.unescapeHtml(whole);
        if (decoded.equals(whole) && whole.equals(whole.toUpperCase(Locale.ROOT))) {
            decoded = HtmlEscape.unescapeHtml(whole.toLowerCase(Locale.ROOT)).toUpperCase(Locale.ROOT);
        }
        if (decoded.endsWith(";") && !whole.equalsIgnoreCase("&semi;")) {
            return whole; // with a known beginning at best, as &notit; has
        }
        return whole.startsWith("&#") && isNoCharacter(decoded.codePointAt(0)) ? "" : decoded;
    }

    /** What a number must not stand for (HTML Standard, section 13.2.5.80) and Python's html module leaves out. */
    private static boolean isNoCharacter(int point) {
        boolean control = point < 0x20 && "\t\n\f\r".indexOf(point) < 0 || point == 0x7f;
        return control || point >= 0xfdd0 && point <= 0xfdef || (point & 0xfffe) == 0xfffe;
    }
}
