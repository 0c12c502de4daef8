package io.iedp.api.hook;

import io.iedp.api.Experimental;
import io.iedp.api.task.Goal;
import java.nio.file.Path;
import java.util.Map;

/** What a hook gets from the host. */
@Experimental
public interface HookContext {
    /** The run's name. */
    String name();

    /** The run's own folder, which is there. */
    Path folder();

    /** The metric that the run is judged by. */
    Goal goal();

    /** The experiment file with everything resolved, in YAML. */
    String configuration();

    /** Versions, device, seed and the like, by name. */
    Map<String, String> environment();

    /**
     * Ends training after the present step, with an evaluation and a checkpoint as at the last step.
     *
     * @param reason for the log
     */
    void stop(String reason);

    /** Says a line to the user and to the run's log. */
    void say(String line);
}
