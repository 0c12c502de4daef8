package io.iedp.nn.testing;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.iedp.nn.files.SafeTensors;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Cases recorded from the original implementations, kept beside the project. */
public final class Goldens {
    private static final float TOLERANCE = 1e-5f;

    private Goldens() {}

    /** The folder of all cases, which need not be there. */
    public static Path root() {
        return Path.of(System.getProperty("iedp.goldens", "../../shared/goldens"));
    }

    /** The folder of a case; the test is skipped when it is not there. */
    public static Path folder(String name) {
        Path folder = root().resolve(name);
        Assumptions.assumeTrue(
                Files.isDirectory(folder), () -> "recorded case %s is not there".formatted(folder.toAbsolutePath()));
        return folder;
    }

    public static NDArray read(Path file, String name, NDManager manager) {
        try (SafeTensors tensors = SafeTensors.open(file)) {
            return tensors.read(name, manager);
        }
    }

    /** Compares by the largest absolute difference over the largest absolute expected value. */
    public static void assertClose(NDArray actual, NDArray expected, String what) {
        assertThat(actual.getShape()).as(what).isEqualTo(expected.getShape());
        float largest = expected.abs().max().getFloat();
        assertThat(actual.sub(expected).abs().max().getFloat() / largest)
                .as(what)
                .isLessThan(TOLERANCE);
    }
}
