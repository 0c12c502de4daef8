package io.iedp.verify.command;

import io.iedp.verify.result.CaseResult;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What came of a case.
 *
 * @param problem what is wrong and where, unless it went well or its differences tell
 */
record Outcome(Path folder, String kind, Status status, Optional<CaseResult> result, String problem) {
    /** How a case went. */
    enum Status {
        /** Every array is within its tolerance. */
        OK,
        /** Some array is not, or the model failed. */
        FAILED,
        /** A file is missing or damaged, or holds what is not supported. */
        UNREADABLE,
        /** There is no verifier for its kind. */
        SKIPPED
    }
}
