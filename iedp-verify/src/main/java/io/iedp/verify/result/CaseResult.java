package io.iedp.verify.result;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import io.iedp.api.UserException;
import io.iedp.nn.Gradients;
import io.iedp.verify.RecordedCase;
import io.iedp.verify.Verifier;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What came of one case.
 *
 * @param differences of each array that it expects, the worst first
 */
public record CaseResult(List<Difference> differences) {
    public CaseResult {
        differences = List.copyOf(differences);
    }

    /**
     * Runs a case and compares.
     *
     * @param verifiers for its kind, each of which computes a part
     * @throws UserException if the model cannot be loaded or the case expects nothing
     */
    public static CaseResult of(List<Verifier> verifiers, RecordedCase recorded) {
        try (NDScope scope = new NDScope();
                Gradients.Recording off = Gradients.pause()) {
            scope.suppressNotUsedWarning();
            Map<String, NDArray> missing = new LinkedHashMap<>();
            verifiers.forEach(verifier -> missing.putAll(verifier.expected(recorded)));
            if (missing.isEmpty()) {
                throw new UserException(
                        "%s expects nothing: there are no arrays in expected.safetensors".formatted(recorded.folder()));
            }
            List<Difference> differences = new ArrayList<>();
            for (Verifier verifier : verifiers) {
                verifier.compute(recorded).forEach((name, actual) -> {
                    NDArray expected = missing.remove(name);
                    if (expected != null) {
                        differences.add(Difference.of(name, expected, actual, verifier.comparison(recorded, name)));
                    }
                });
            }
            missing.keySet().forEach(name -> differences.add(Difference.notComputed(name)));
            differences.sort(Comparator.comparingDouble(Difference::excess).reversed());
            return new CaseResult(differences);
        }
    }

    /** The array that is nearest to, or furthest over, what is allowed. */
    public Difference worst() {
        return differences.get(0);
    }

    public boolean passed() {
        return differences.stream().allMatch(Difference::passed);
    }
}
