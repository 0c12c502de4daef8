package io.iedp.conditioning;

import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.unbescape.html.HtmlEscape;

/**
 * HTML 5's entities, decoded as the ftfy library decodes them: only those that end in a semicolon, since captions have
 * ampersands of their own; also names that became upper case with the rest of a text; none in text with a tag in it.
 */
final class HtmlEntities {
    private static final Pattern ENTITY = Pattern.compile("&#?[0-9A-Za-z]{1,24};");

    private HtmlEntities() {}

    static String unescape(String text) {
        if (text.indexOf('<') >= 0) {
            return text;
        }
        String before;
        String after = text;
        // Entities of entities occur; each round makes the text shorter, so this ends.
        do {
            before = after;
            after = ENTITY.matcher(before).replaceAll(entity -> Matcher.quoteReplacement(character(entity)));
        } while (!after.equals(before));
        return after;
    }

    private static String character(MatchResult entity) {
        String whole = entity.group();
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
