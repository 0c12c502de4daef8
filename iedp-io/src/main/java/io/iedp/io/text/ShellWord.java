package io.iedp.io.text;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/** Words of commands that people paste into a shell. */
public final class ShellWord {
    private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N}@%_+=:,./-]+");
    private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cntrl}\\p{Cf}\\p{Zl}\\p{Zp}]");

    private ShellWord() {}

    /** The word in quotes, if a shell would make something else of it. */
    public static String quote(String word) {
        if (PLAIN.matcher(word).matches()) {
            return word;
        }
        return INVISIBLE.matcher(word).find() ? escaped(word) : "'" + word.replace("'", "'\\''") + "'";
    }

    /** With the bytes of what cannot be seen in their octal digits, which bash, zsh and ksh read. */
    private static String escaped(String word) {
        StringBuilder escaped = new StringBuilder("$'");
        word.codePoints().forEach(character -> {
            String text = Character.toString(character);
            if (INVISIBLE.matcher(text).matches()) {
                for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
                    escaped.append(String.format(Locale.ROOT, "\\%03o", each & 0xff));
                }
            } else {
                escaped.append(text.equals("'") || text.equals("\\") ? "\\" + text : text);
            }
        });
        return escaped.append("'").toString();
    }
}
