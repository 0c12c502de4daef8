package io.iedp.launcher;

import io.iedp.launcher.cli.Iedp;

/** The program. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.setProperty("java.awt.headless", "true");
        // Of DJL, for all that plugins do with it, too: it neither reports usage nor downloads.
        System.getProperties().putIfAbsent("OPT_OUT_TRACKING", "true");
        System.getProperties().putIfAbsent("ai.djl.offline", "true");
        System.exit(Iedp.run(arguments));
    }
}
