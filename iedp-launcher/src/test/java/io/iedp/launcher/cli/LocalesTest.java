package io.iedp.launcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Languages whose numbers have other digits than ours, or a comma for the point. */
class LocalesTest {
    private static final String DECIMAL_COMMA = "(?s).*\\b\\d,\\d.*";

    @TempDir
    private Path work;

    private Locale before;

    @BeforeEach
    void remember() {
        before = Locale.getDefault();
    }

    @AfterEach
    void restore() {
        Locale.setDefault(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"fa", "ar-EG", "de", "hi-IN-u-nu-deva", "tr"})
    void aRunInAnyLanguageWritesNumbersThatProgramsRead(String language) throws IOException {
        Locale.setDefault(Locale.forLanguageTag(language));
        Path run = work.resolve("micro");

        Result first = train("training.steps=2");
        Result second = train("training.steps=4", "--resume=" + run);
        Result measured = Result.of("eval", run.toString());

        for (Result result : List.of(first, second, measured)) {
            assertThat(result.code()).as(result.err()).isZero();
            assertThat(result.out()).isASCII().doesNotMatch(DECIMAL_COMMA);
        }
        assertThat(Files.readAllLines(run.resolve("metrics.csv")).stream().skip(1))
                .isNotEmpty()
                .allSatisfy(LocalesTest::assertNumbers);
        assertThat(Files.readAllLines(run.resolve("training.csv")).stream().skip(1))
                .hasSize(4)
                .allSatisfy(LocalesTest::assertNumbers);
        assertThat(JsonParser.parseString(Files.readString(run.resolve("result.json")))
                        .isJsonObject())
                .isTrue();
        for (String text : List.of("run.log", "experiment.yaml", "environment.json", "data.json", "index.html")) {
            assertThat(Files.readString(run.resolve(text))).as(text).doesNotContainPattern("[\\p{Nd}&&[^0-9]]");
        }
        assertThat(Files.readString(run.resolve("run.log"))).doesNotMatch("(?s).*mIoU \\d,\\d.*");
    }

    private Result train(String... more) {
        String[] arguments = new String[more.length + 3];
        arguments[0] = "train";
        arguments[1] = CommandsTest.micro();
        arguments[2] = "output=" + work;
        System.arraycopy(more, 0, arguments, 3, more.length);
        return Result.of(arguments);
    }

    private static void assertNumbers(String row) {
        assertThat(row.split(",", -1))
                .allSatisfy(field -> assertThat(field).matches("|NaN|-?[0-9]+(\\.[0-9]+)?([eE][-+]?[0-9]+)?"));
    }
}
