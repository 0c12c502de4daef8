package io.iedp.launcher.cli;

import io.iedp.io.text.Secrets;
import io.iedp.io.text.TerminalText;

/** What is shown to people: without secrets, and without what would do something to a terminal. */
final class Screen {
    private Screen() {}

    static String text(String text) {
        return TerminalText.of(Secrets.mask(text));
    }
}
