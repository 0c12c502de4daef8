package io.iedp.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.iedp.config.plugin.Catalog;
import io.iedp.config.plugin.PluginLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The schema in the eyes of a validator. With {@code -Diedp.write-docs=true}, the schemas beside the experiment files are
 * written anew.
 */
class JsonSchemaTest {
    private static final Path CONFIGS = Path.of("..", "configs");

    /** What a schema can see; the rest spans several keys, or files, or is no YAML. */
    private static final Set<Rule> SEEN = EnumSet.of(
            Rule.UNKNOWN_KEY, Rule.MISSING_KEY, Rule.WRONG_TYPE, Rule.UNKNOWN_CHOICE, Rule.OUT_OF_RANGE, Rule.EMPTY);

    private static Set<ValidationMessage> validate(String schema, Path file) {
        List<Problem> problems = new ArrayList<>();
        Value.Fields fields =
                new YamlReader(file.toString(), problems).read(file).orElseThrow();
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7)
                .getSchema(schema)
                .validate(JsonSchema.json(fields).toString(), InputFormat.JSON);
    }

    static List<Path> configs() throws IOException {
        try (Stream<Path> files = Files.walk(CONFIGS)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .filter(file -> !file.getParent().endsWith("variants"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("configs")
    void ourFilesAreValidAndNameTheirSchema(Path file) throws IOException {
        boolean part = file.getParent().endsWith("base");
        String name = part ? "experiment-part.schema.json" : "experiment.schema.json";
        String to = file.getParent().relativize(CONFIGS.resolve(name)).toString();

        assertThat(Files.readAllLines(file).get(0)).isEqualTo("# yaml-language-server: $schema=" + to);
        assertThat(validate(Files.readString(CONFIGS.resolve(name)), file)).isEmpty();
    }

    @BeforeAll
    static void theSchemasBesideOurFilesAreUpToDate() throws IOException {
        Catalog catalog = PluginLoader.own();
        upToDate(CONFIGS.resolve("experiment.schema.json"), JsonSchema.of(catalog));
        upToDate(CONFIGS.resolve("experiment-part.schema.json"), JsonSchema.ofParts(catalog));
    }

    static void upToDate(Path file, String content) throws IOException {
        if (Boolean.getBoolean("iedp.write-docs")) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, content);
        }
        assertThat(file).as("written anew with -Diedp.write-docs=true").hasContent(content);
    }

    static Stream<Path> bad() throws Exception {
        return BadFilesTest.files().stream();
    }

    /** What the binder refuses in one file alone, the schema refuses, too. */
    @ParameterizedTest
    @MethodSource("bad")
    void badFilesAreRefused(Path file) throws IOException {
        ExperimentLoader loader = new ExperimentLoader(Parts.catalog(), Map.of("HOUSE", "7a"));
        ConfigException refused = catchThrowableOfType(ConfigException.class, () -> loader.load(file, List.of()));
        boolean seen = refused != null
                && refused.problems().stream()
                        .allMatch(problem -> SEEN.contains(problem.rule())
                                && problem.source().equals(file.toString()));

        if (seen) {
            assertThat(validate(JsonSchema.of(Parts.catalog()), file))
                    .as(file.toString())
                    .isNotEmpty();
        }
    }

    @Test
    void manyBadFilesAreOfTheKindThatASchemaSees() throws Exception {
        String schema = JsonSchema.of(Parts.catalog());
        for (String name : List.of("unknown-keys", "missing-keys", "out-of-range", "choices", "component-types")) {
            Path file = bad().filter(each -> each.endsWith(name + ".yaml"))
                    .findFirst()
                    .orElseThrow();
            assertThat(validate(schema, file)).as(name).isNotEmpty();
        }
    }
}
