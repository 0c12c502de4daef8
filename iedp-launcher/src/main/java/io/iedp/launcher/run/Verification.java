package io.iedp.launcher.run;

import ai.djl.ndarray.NDManager;
import io.iedp.api.UserException;
import io.iedp.api.verify.Verifier;
import io.iedp.config.plugin.Catalog;
import io.iedp.engine.model.Devices;
import io.iedp.launcher.verify.WholeModels;
import io.iedp.nn.TorchKernels;
import io.iedp.nn.TorchRuntime;
import io.iedp.nn.verify.CaseFolder;
import io.iedp.nn.verify.CaseResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs recorded cases with the verifiers that plugins bring, and with those of whole models. */
public final class Verification {
    private static final Logger LOG = LoggerFactory.getLogger(Verification.class);

    private Verification() {}

    /** How a case went. */
    public enum Status {
        /** Every array is within its tolerance. */
        OK,
        /** Some array is not, or the model failed. */
        FAILED,
        /** A file is missing or damaged, or holds what is not supported. */
        UNREADABLE,
        /** No verifier is installed for its kind. */
        SKIPPED
    }

    /**
     * What came of a case.
     *
     * @param problem what is wrong and where, unless it went well or its differences tell
     */
    public record Outcome(Path folder, String kind, Status status, Optional<CaseResult> result, String problem) {}

    /**
     * @param folders with cases in or below them
     * @param device {@code cpu}, {@code gpu} or {@code gpu:N}
     * @throws UserException if a folder has no case in it, or there is no such device
     */
    public static List<Outcome> run(Catalog catalog, List<Path> folders, String device, Progress progress) {
        List<Path> cases = CaseFolder.find(folders);
        List<Outcome> outcomes = new ArrayList<>();
        try (NDManager manager = TorchRuntime.get().newManager(Devices.choose(device));
                TorchKernels kernels = TorchKernels.load()) {
            for (Path folder : cases) {
                outcomes.add(run(catalog, folder, kernels, manager));
                progress.advanced("verifying", outcomes.size(), cases.size());
            }
        }
        return outcomes;
    }

    private static Outcome run(Catalog catalog, Path folder, TorchKernels kernels, NDManager manager) {
        String kind = "";
        try {
            kind = CaseFolder.kind(folder);
            List<Verifier> verifiers = new ArrayList<>(catalog.verifiers(kind));
            verifiers.addAll(WholeModels.verifiers(catalog, kind));
            if (verifiers.isEmpty()) {
                String problem = "%s: no verifier for the kind '%s' is installed".formatted(folder, kind);
                return new Outcome(folder, kind, Status.SKIPPED, Optional.empty(), problem);
            }
            try (CaseFolder recorded = new CaseFolder(folder, kernels, manager)) {
                CaseResult result = CaseResult.of(verifiers, recorded);
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
