package io.iedp.launcher.run;

import java.time.Duration;
import java.util.Locale;

/** Lengths of time for people. */
public final class Durations {
    private Durations() {}

    /** As in {@code 1:02:03}. */
    public static String show(Duration duration) {
        return String.format(
                Locale.ROOT, "%d:%02d:%02d", duration.toHours(), duration.toMinutesPart(), duration.toSecondsPart());
    }
}
