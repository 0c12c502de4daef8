package io.iedp.launcher.run;

import java.time.Duration;

/** Lengths of time for people. */
final class Durations {
    private Durations() {}

    /** As in {@code 1:02:03}. */
    static String show(Duration duration) {
        return "%d:%02d:%02d".formatted(duration.toHours(), duration.toMinutesPart(), duration.toSecondsPart());
    }
}
