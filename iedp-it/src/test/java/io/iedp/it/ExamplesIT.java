package io.iedp.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
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
        Files.writeString(project.resolve("src/test/java/example/embedding/ReadmeTest.java"), testOfTheReadme());

        String output = Maven.run(
                project,
                "verify",
                "org.apache.maven.plugins:maven-dependency-plugin:3.9.0:list",
                "-DincludeScope=runtime");

        assertThat(output).contains("Tests run: 5, Failures: 0, Errors: 0, Skipped: 0");
        assertThat(output.substring(output.indexOf(":list")))
                .contains(":iedp-engine:")
                .doesNotContain("picocli", "xchart", "log4j", ":iedp-launcher:", ":iedp-datasets:", ":iedp-verify:");
    }

    /** What the README shows, with files that are there. */
    private static String testOfTheReadme() throws IOException {
        String readme = Files.readString(Path.of("../README.md"));
        int start = readme.indexOf("try (IedpModel model");
        String snippet = readme.substring(start, readme.indexOf("```", start))
                .replace("Path.of(\"runs/quickstart\")", "OverlayTest.run")
                .replace("new File(\"photo.jpg\")", "OverlayTest.photo.toFile()")
                .replace("new File(\"overlay.png\")", "overlay.toFile()");
        return """
                package example.embedding;

                import io.iedp.engine.IedpModel;
                import io.iedp.engine.Prediction;
                import io.iedp.engine.TaskPrediction;
                import java.nio.file.Files;
                import java.nio.file.Path;
                import javax.imageio.ImageIO;
                import org.junit.jupiter.api.Assertions;
                import org.junit.jupiter.api.Test;
                import org.junit.jupiter.api.io.TempDir;

                class ReadmeTest extends OverlayTest {
                    @Test
                    void theReadmesProgramRuns(@TempDir Path folder) throws Exception {
                        Path overlay = folder.resolve("overlay.png");
                        %s
                        Assertions.assertTrue(Files.size(overlay) > 0);
                    }
                }
                """.formatted(snippet);
    }
}
