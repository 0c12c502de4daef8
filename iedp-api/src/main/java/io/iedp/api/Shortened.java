package io.iedp.api;

import java.util.stream.Collectors;

/** Messages that people can read, whatever they quote: a file, a value or a name may be of any length. */
final class Shortened {
    /** Letters of a line. */
    private static final int LINE = 1000;

    /** Letters of a whole message, more than a list of all weights of a small model has. */
    private static final int WHOLE = 200_000;

    private Shortened() {}

    /** The message without the middle of long lines, since what would be right stands at their ends. */
    static String message(String message) {
        if (message == null || message.length() <= LINE) {
            return message;
        }
        String lines = message.lines()
                .map(line -> middleLeftOut(line, LINE))
                .collect(Collectors.joining(System.lineSeparator()));
        return middleLeftOut(lines, WHOLE);
    }

    private static String middleLeftOut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int begin = boundary(text, most / 2);
        int end = boundary(text, text.length() - most / 2);
        return "%s ... (%s letters left out) ... %s"
                .formatted(text.substring(0, begin), end - begin, text.substring(end));
    }

    /** Not between the two halves of a letter. */
    private static int boundary(String text, int at) {
        return Character.isLowSurrogate(text.charAt(at)) ? at + 1 : at;
    }
}
