package io.iedp.io.text;

import java.util.regex.Pattern;

/** The one place that makes texts of others, such as names of files and answers of servers, safe to show on a terminal. */
public final class TerminalText {
    /** Controls, of which escape sequences begin with one, and characters that change the direction of what follows. */
    private static final Pattern UNSAFE =
            Pattern.compile("[\\p{Cntrl}\u0080-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff&&[^\n\t]]");

    private TerminalText() {}

    /** The text with a mark for each character that would do something to a terminal; ends of lines and tabs are kept. */
    public static String of(String text) {
        return UNSAFE.matcher(text.replace("\r\n", "\n")).replaceAll("\uFFFD");
    }

    /** The same in one line. */
    public static String line(String text) {
        return of(text.replace('\t', ' ').replaceAll("\\R", "\uFFFD"));
    }
}
