package io.iedp.config;

import io.iedp.io.text.Secrets;
import io.iedp.io.text.TerminalText;
import java.util.Locale;

/**
 * Something that is wrong with an experiment file.
 *
 * @param rule which rule it breaks
 * @param source the file, or {@code command line}
 * @param line from 1; 0 when the source has no lines
 * @param column from 1
 * @param text of the line
 * @param path of the key, with dots; empty for the file as a whole
 * @param message what is wrong and what would be right
 */
public record Problem(Rule rule, String source, int line, int column, String text, String path, String message) {
    private static final int WIDTH = 110;

    static Problem at(Rule rule, SourceLocation place, String path, String message) {
        return new Problem(rule, place.source(), place.line(), place.column(), place.text(), path, message);
    }

    /** The problem as the report shows it, with its line and a mark below. */
    String show(int number) {
        String where = line == 0 ? source : "%s:%s:%s".formatted(source, line, column);
        StringBuilder shown = new StringBuilder(String.format(
                Locale.ROOT,
                "%3d. [%s] %s%s%n     %s%n",
                number,
                rule.id(),
                where,
                path.isEmpty() ? "" : "  " + plain(path),
                plain(message)));
        String masked = Secrets.mask(text);
        if (!masked.isBlank()) {
            String margin = line == 0 ? "" : String.format(Locale.ROOT, "%4d", line);
            int at = Math.max(0, column - 1);
            int from = at < WIDTH ? 0 : at - WIDTH / 2;
            int to = Math.min(masked.length(), from + WIDTH);
            String before = from > 0 ? "..." : "";
            shown.append("     %s | %s%s%s%n"
                    .formatted(
                            margin,
                            before,
                            plain(masked.substring(Math.min(from, to), to)),
                            to < masked.length() ? "..." : ""));
            shown.append(
                    "     %s | %s^%n".formatted(" ".repeat(margin.length()), " ".repeat(before.length() + at - from)));
        }
        return shown.toString();
    }

    /** Without secrets, and without characters that would do something to a terminal. */
    private static String plain(String text) {
        return TerminalText.line(Secrets.mask(text));
    }
}
