package io.iedp.nn.testing;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.iedp.api.verify.Verifier;
import io.iedp.nn.TorchKernels;
import io.iedp.nn.TorchRuntime;
import io.iedp.nn.verify.CaseFolder;
import io.iedp.nn.verify.CaseResult;
import io.iedp.nn.verify.Difference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;

/** A test of each recorded case that verifiers are for. */
public final class RecordedCases {
    /** Cases that come with a module. */
    private static final Path OWN = Path.of("src/test/resources/recorded");

    private RecordedCases() {}

    /** Runs the module's own cases and those beside the project; without these, one test says so and is skipped. */
    public static Stream<DynamicTest> of(List<Verifier> verifiers) {
        List<Path> roots = new ArrayList<>();
        Stream.of(OWN, Goldens.root()).filter(Files::isDirectory).forEach(roots::add);
        Stream<DynamicTest> tests = CaseFolder.find(roots).stream()
                .filter(folder ->
                        verifiers.stream().anyMatch(verifier -> verifier.kind().equals(CaseFolder.kind(folder))))
                .map(folder -> DynamicTest.dynamicTest(
                        folder.getFileName().toString(), () -> assertAsExpected(folder, verifiers)));
        DynamicTest others = DynamicTest.dynamicTest(
                "cases beside the project",
                () -> Assumptions.assumeTrue(
                        Files.isDirectory(Goldens.root()),
                        () -> "recorded cases are not in " + Goldens.root().toAbsolutePath()));
        return Stream.concat(tests, Stream.of(others));
    }

    /** Runs one case; what verifiers of other modules compute of it is left out. */
    public static void assertAsExpected(Path folder, List<Verifier> verifiers) {
        String kind = CaseFolder.kind(folder);
        try (NDManager manager = TorchRuntime.get().newManager(Device.cpu());
                TorchKernels kernels = TorchKernels.load();
                CaseFolder recorded = new CaseFolder(folder, kernels, manager)) {
            CaseResult result = CaseResult.of(
                    verifiers.stream()
                            .filter(verifier -> verifier.kind().equals(kind))
                            .toList(),
                    recorded);
            assertThat(result.differences().stream().filter(Difference::isComputed))
                    .isNotEmpty()
                    .allSatisfy(difference ->
                            assertThat(difference).matches(Difference::passed, "is within the tolerance"));
        }
    }
}
