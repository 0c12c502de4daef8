package io.iedp.verify.command;

import io.iedp.api.UserException;
import io.iedp.api.command.CommandContext;
import io.iedp.verify.Verifier;
import io.iedp.verify.command.Outcome.Status;
import io.iedp.verify.files.CaseFolder;
import io.iedp.verify.result.CaseResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs recorded cases, one after the other; what is wrong with one does not keep others from running. */
record Verification(Verifiers verifiers, CommandContext context) {
    private static final Logger LOG = LoggerFactory.getLogger(Verification.class);

    /**
     * @param folders with cases in or below them
     * @throws UserException if a folder has no case in it
     */
    List<Outcome> run(List<Path> folders) {
        List<Path> cases = CaseFolder.find(folders);
        List<Outcome> outcomes = new ArrayList<>();
        for (Path folder : cases) {
            outcomes.add(run(folder));
            context.advanced("verifying", outcomes.size(), cases.size());
        }
        return outcomes;
    }

    private Outcome run(Path folder) {
        String kind = "";
        try {
            kind = CaseFolder.kind(folder);
            List<Verifier> own = verifiers.of(kind);
            if (own.isEmpty()) {
                String problem = "%s: no verifier for the kind '%s' is installed".formatted(folder, kind);
                return new Outcome(folder, kind, Status.SKIPPED, Optional.empty(), problem);
            }
            try (CaseFolder recorded = new CaseFolder(folder, context.kernels(), context.manager())) {
                CaseResult result = CaseResult.of(own, recorded);
                Status status = result.passed() ? Status.OK : Status.FAILED;
                return new Outcome(folder, kind, status, Optional.of(result), "");
            }
        } catch (UserException e) {
            return new Outcome(folder, kind, Status.UNREADABLE, Optional.empty(), e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("{}", folder, e);
            return new Outcome(folder, kind, Status.FAILED, Optional.empty(), "%s: %s".formatted(folder, e));
        }
    }
}
