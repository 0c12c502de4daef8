package io.iedp.launcher.sweep;

import io.iedp.io.text.Secrets;
import io.iedp.launcher.run.RunResult;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How far one combination is.
 *
 * @param folder of its run, empty before it has one
 * @param result empty unless the run reached its end
 * @param problem why it failed; empty if it did not
 */
record Outcome(Combination combination, Optional<Path> folder, Optional<RunResult> result, String problem) {
    static Outcome open(Combination combination) {
        return new Outcome(combination, Optional.empty(), Optional.empty(), "");
    }

    static Outcome done(Combination combination, Path folder, RunResult result) {
        return new Outcome(combination, Optional.of(folder), Optional.of(result), "");
    }

    static Outcome failed(Combination combination, String problem) {
        return new Outcome(combination, Optional.empty(), Optional.empty(), Secrets.mask(problem));
    }

    boolean isFailed() {
        return !problem.isEmpty();
    }

    String status() {
        return isFailed() ? "failed" : result.isPresent() ? "done" : "open";
    }
}
