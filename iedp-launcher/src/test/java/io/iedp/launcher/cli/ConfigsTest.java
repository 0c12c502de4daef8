package io.iedp.launcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every experiment file that IEDP comes with. */
class ConfigsTest {
    private static final Path CONFIGS = Path.of("..", "configs");

    static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(CONFIGS)) {
            List<Path> experiments = files.filter(file -> file.toString().endsWith(".yaml"))
                    .filter(file -> !file.getParent().endsWith("base"))
                    .filter(file -> !file.getParent().endsWith("variants"))
                    .sorted()
                    .toList();
            assertThat(experiments).hasSizeGreaterThan(10);
            return experiments;
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void isValid(Path file) {
        Result result = Result.of("validate", file.toString());
        assertThat(result.code()).as(result.err()).isZero();
    }
}
