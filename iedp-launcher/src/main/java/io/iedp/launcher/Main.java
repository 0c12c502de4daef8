package io.iedp.launcher;

import io.iedp.launcher.cli.Iedp;

/** The program. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.setProperty("java.awt.headless", "true");
        System.exit(Iedp.run(arguments));
    }
}
