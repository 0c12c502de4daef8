package io.iedp.conditioning;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The entities that turn up in captions from the web. Text with a tag in it is left alone. */
final class HtmlEntities {
    private static final Pattern ENTITY = Pattern.compile("&(#\\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,8});");
    private static final Map<String, String> NAMED = Map.ofEntries(
            Map.entry("amp", "&"),
            Map.entry("lt", "<"),
            Map.entry("gt", ">"),
            Map.entry("quot", "\""),
            Map.entry("apos", "'"),
            Map.entry("nbsp", "\u00a0"),
            Map.entry("copy", "\u00a9"),
            Map.entry("reg", "\u00ae"),
            Map.entry("deg", "\u00b0"),
            Map.entry("eacute", "\u00e9"),
            Map.entry("egrave", "\u00e8"),
            Map.entry("uuml", "\u00fc"),
            Map.entry("ouml", "\u00f6"),
            Map.entry("auml", "\u00e4"),
            Map.entry("ndash", "\u2013"),
            Map.entry("mdash", "\u2014"),
            Map.entry("lsquo", "\u2018"),
            Map.entry("rsquo", "\u2019"),
            Map.entry("ldquo", "\u201c"),
            Map.entry("rdquo", "\u201d"),
            Map.entry("hellip", "\u2026"),
            Map.entry("trade", "\u2122"),
            Map.entry("euro", "\u20ac"));

    private HtmlEntities() {}

    static String unescape(String text) {
        if (text.indexOf('&') < 0 || text.indexOf('<') >= 0) {
            return text;
        }
        String once = ENTITY.matcher(text)
                .replaceAll(match -> Matcher.quoteReplacement(character(match.group(), match.group(1))));
        // Entities of entities occur; each round makes the text shorter, so this ends.
        return once.equals(text) ? text : unescape(once);
    }

    private static String character(String whole, String name) {
        if (!name.startsWith("#")) {
            return NAMED.getOrDefault(name, whole);
        }
        boolean hex = Character.toLowerCase(name.charAt(1)) == 'x';
        int point = hex ? Integer.parseInt(name.substring(2), 16) : Integer.parseInt(name.substring(1));
        return Character.isValidCodePoint(point) && point != 0 ? Character.toString(point) : whole;
    }
}
