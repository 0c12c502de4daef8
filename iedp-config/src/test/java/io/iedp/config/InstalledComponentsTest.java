package io.iedp.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.iedp.config.experiment.Experiment;
import io.iedp.config.plugin.Catalog;
import io.iedp.config.plugin.Installed;
import io.iedp.config.plugin.Kind;
import io.iedp.config.plugin.PluginLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The configurations of all that comes with the project. */
class InstalledComponentsTest {
    private static final Catalog CATALOG = PluginLoader.load(Path.of("none"));

    static Stream<Named<Installed>> installed() {
        return Arrays.stream(Kind.values())
                .flatMap(kind -> CATALOG.all(kind).stream())
                .map(each -> Named.of(each.kind().label() + " " + each.type(), each));
    }

    static Stream<Named<Class<? extends Record>>> configurations() {
        return Stream.concat(
                Stream.of(Named.of("experiment", Experiment.class)),
                installed()
                        .map(each -> Named.of(
                                each.getName(), each.getPayload().factory().configuration())));
    }

    @ParameterizedTest
    @MethodSource("configurations")
    void everyKeySaysWhatItMeans(Class<? extends Record> configuration) {
        assertThat(RecordSchema.of(configuration).keys())
                .allSatisfy(key -> assertThat(key.doc()).as(key.path()).matches("\\p{Lu}.*\\."));
    }

    @ParameterizedTest
    @MethodSource("installed")
    void everyComponentSaysWhatItIs(Installed component) {
        assertThat(component.factory().description()).matches("\\p{Lu}.*\\.");
        assertThat(component.type()).matches("[a-z0-9]+(-[a-z0-9]+)*");
    }

    @ParameterizedTest
    @MethodSource("installed")
    void everyDefaultIsAllowed(Installed component) {
        List<Problem> problems = new ArrayList<>();
        SourceLocation place = new SourceLocation("test", 1, 1, "");
        Value.Field type = new Value.Field(place, Value.Scalar.text(place, component.type()));

        new Binder(CATALOG, problems)
                .bindComponent(component.kind(), Value.Fields.empty(place).with("type", type), "");

        assertThat(problems).extracting(Problem::rule).allMatch(rule -> rule == Rule.MISSING_KEY);
    }
}
