package io.iedp.verify.testing;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.iedp.config.plugin.Catalog;
import io.iedp.config.plugin.PluginLoader;
import io.iedp.nn.TorchKernels;
import io.iedp.nn.TorchRuntime;
import io.iedp.verify.command.Verifiers;
import io.iedp.verify.files.CaseFolder;
import io.iedp.verify.result.CaseResult;
import io.iedp.verify.result.Difference;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.tukaani.xz.XZInputStream;

/** A test of each recorded case. */
public final class RecordedCases {
    /** Cases that come with the module; their arrays are packed. */
    private static final Path OWN = Path.of("src/test/resources/recorded");

    private static final String PACKED = ".xz";

    private RecordedCases() {}

    /** The cases of the module as their verifiers take them. */
    public static void unpack(Path to) throws IOException {
        List<Path> files;
        try (Stream<Path> found = Files.walk(OWN)) {
            files = found.filter(Files::isRegularFile).toList();
        }
        for (Path file : files) {
            Path target = to.resolve(OWN.relativize(file));
            Files.createDirectories(target.getParent());
            String name = target.getFileName().toString();
            try (InputStream in = Files.newInputStream(file)) {
                if (name.endsWith(PACKED)) {
                    Files.copy(
                            new XZInputStream(in),
                            target.resolveSibling(name.substring(0, name.length() - PACKED.length())));
                } else {
                    Files.copy(in, target);
                }
            }
        }
    }

    /** Runs the cases in a folder that there are verifiers for. */
    public static Stream<DynamicTest> in(Path folder) {
        Verifiers verifiers = verifiers();
        return CaseFolder.find(List.of(folder)).stream()
                .filter(each -> !verifiers.of(CaseFolder.kind(each)).isEmpty())
                .map(each -> DynamicTest.dynamicTest(each.getFileName().toString(), () -> assertAsExpected(each)));
    }

    /** Runs one case. */
    public static void assertAsExpected(Path folder) {
        try (NDManager manager = TorchRuntime.get().newManager(Device.cpu());
                TorchKernels kernels = TorchKernels.load();
                CaseFolder recorded = new CaseFolder(folder, kernels, manager)) {
            CaseResult result = CaseResult.of(verifiers().of(CaseFolder.kind(folder)), recorded);
            assertThat(result.differences())
                    .isNotEmpty()
                    .allSatisfy(difference ->
                            assertThat(difference).matches(Difference::passed, "is within the tolerance"));
        }
    }

    private static Verifiers verifiers() {
        Catalog catalog = PluginLoader.own();
        return Verifiers.of(catalog);
    }
}
