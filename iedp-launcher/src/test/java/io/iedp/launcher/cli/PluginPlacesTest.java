package io.iedp.launcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.iedp.api.data.RgbImage;
import io.iedp.config.plugin.PluginJars;
import io.iedp.io.image.ImageFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of plugins that are not where they are looked for. */
class PluginPlacesTest {
    @TempDir
    private Path work;

    @Test
    void aRunNamesThePluginsThatItNeeds() throws IOException {
        Path jar = PluginJars.write(work, "LinearProbe", PluginJars.source("LinearProbe"));
        Result trained = Result.of(
                "train",
                CommandsTest.micro(),
                "--plugin-path",
                jar.toString(),
                "head={$replace: {type: acme/linear-probe}}",
                "training.steps=1",
                "report.samples=0",
                "report.baseline=false",
                "output=" + work);
        assertThat(trained.code()).as(trained.err()).isZero();
        String run = work.resolve("micro").toString();
        String picture = work.resolve("picture.png").toString();
        ImageFiles.writePng(new RgbImage(48, 32, new byte[48 * 32 * 3]), Path.of(picture));

        for (Result missing : new Result[] {
            Result.of("eval", run), Result.of("predict", run, picture), Result.of("train", "--resume=" + run)
        }) {
            assertThat(missing.code()).isEqualTo(2);
            assertThat(missing.err())
                    .contains("no head of type 'acme/linear-probe' is installed")
                    .contains("The run was trained with %s.".formatted(jar))
                    .contains("--plugin-path=" + jar);
        }
        assertThat(Result.of("predict", run, picture, "--plugin-path=" + jar).code())
                .isZero();
    }

    @Test
    void jarsThatAreNotLookedForAreNamed() throws IOException {
        Path here = Files.createDirectory(work.resolve("here"));
        Path taken = work.resolve("taken");
        assertThat(Plugins.passedOver(here, taken)).isEmpty();
        assertThat(Plugins.passedOver(work.resolve("nowhere"), taken)).isEmpty();

        Files.createFile(here.resolve("a.jar"));
        Files.createFile(here.resolve("notes.txt"));

        assertThat(Plugins.passedOver(here, here)).isEmpty();
        assertThat(Plugins.passedOver(here, taken))
                .contains("Not loaded: %s. Plugins are taken from %s; put it there, or say --plugins=%s."
                        .formatted(here.resolve("a.jar"), taken, here));
    }
}
