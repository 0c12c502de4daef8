package io.iedp.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples, away from the project. */
class ExamplesIT {
    @TempDir
    private Path work;

    /** Their tests hold them to the contracts and train them; the jar is then one that can be installed. */
    @ParameterizedTest
    @ValueSource(strings = {"surface-normals", "torchscript-backbone"})
    void buildsTrainsAndCanBeInstalled(String name) throws IOException, InterruptedException {
        Path project = Maven.copy(Path.of("../examples").resolve(name), work.resolve(name));

        String output = Maven.run(project, "verify");

        assertThat(output).contains("Tests run:").doesNotContain("Tests run: 0");
        Path jar = project.resolve("target/" + name + "-1.0-SNAPSHOT.jar");
        assertThat(Iedp.run(project, "plugins", "check", jar.toString())).contains("can be installed");
        assertThat(Iedp.run(project, "validate", "experiment.yaml", "--plugin-path", jar.toString()))
                .contains("is valid");
    }

    /** What a program takes along that embeds the engine: nothing of the command line, and no log of our choice. */
    @Test
    void aProgramPredictsWithTheEngineAlone() throws IOException, InterruptedException {
        Path project = Maven.copy(Path.of("../examples/embedding"), work.resolve("embedding"));

        String output = Maven.run(project, "verify", "dependency:3.9.0:list", "-DincludeScope=runtime");

        assertThat(output).contains("Tests run: 2, Failures: 0, Errors: 0, Skipped: 0");
        assertThat(output.substring(output.indexOf(":list")))
                .contains(":iedp-engine:")
                .doesNotContain("picocli", "xchart", "log4j", ":iedp-launcher:", ":iedp-datasets:", ":iedp-verify:");
    }
}
