package io.iedp.launcher.run;

import io.iedp.api.hook.StepReport;

/** Hears how far a run is. */
public interface Progress {
    /** A line for people. */
    void say(String line);

    /** A training step was made. */
    void stepped(String what, StepReport step, int logEvery);

    /** Something else went on. */
    void advanced(String what, int done, int of);
}
