package io.iedp.launcher.run;

import io.iedp.engine.training.Limit;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How an experiment is run.
 *
 * @param limit a cap, to try things out
 * @param skipBad whether samples that cannot be read are passed over
 * @param resume whether an earlier run goes on
 * @param run the folder of that run; without one, the newest of the experiment's name
 * @param initialWeights a file whose weights the model begins with, where names and shapes are the same
 */
public record RunOptions(
        Limit limit, boolean skipBad, boolean resume, Optional<Path> run, Optional<Path> initialWeights) {
    /** From the first step to the last. */
    public static final RunOptions PLAIN = new RunOptions(Limit.NONE, false, false, Optional.empty(), Optional.empty());
}
