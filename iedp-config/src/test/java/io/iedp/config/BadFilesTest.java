package io.iedp.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every file in the folder {@code bad} is refused with the report beside it, word for word. Lines that begin with
 * {@code #=} are settings of the command line. With {@code -Diedp.write-reports=true}, the reports are written
 * to where the classes are, to be read and taken over.
 */
class BadFilesTest {
    private static final String SETTING = "#= ";

    static List<Path> files() throws IOException, URISyntaxException {
        URL folder = Objects.requireNonNull(BadFilesTest.class.getResource("bad"));
        try (Stream<Path> files = Files.list(Path.of(folder.toURI()))) {
            List<Path> bad = files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
            assertThat(bad).hasSizeGreaterThan(20);
            return bad;
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void reportsAllThatIsWrong(Path file) throws IOException {
        List<String> settings = Files.readAllLines(file).stream()
                .filter(line -> line.startsWith(SETTING))
                .map(line -> line.substring(SETTING.length()))
                .toList();
        ExperimentLoader loader = new ExperimentLoader(Parts.catalog(), Map.of("HOUSE", "7a"));

        ConfigException refused = catchThrowableOfType(ConfigException.class, () -> loader.load(file, settings));

        assertThat(refused).as("what is wrong with %s", file.getFileName()).isNotNull();
        String report = refused.getMessage().replace(file.getParent() + "/", "") + "\n";
        Path expected = file.resolveSibling(file.getFileName().toString().replace(".yaml", ".txt"));
        if (Boolean.getBoolean("iedp.write-reports")) {
            Files.writeString(expected, report);
        }
        assertThat(report).isEqualTo(Files.readString(expected));
    }
}
