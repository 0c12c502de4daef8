package io.iedp.launcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.iedp.config.plugin.PluginJars;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README shows is what works. */
class ReadmeTest {
    private static final Path PROJECT = Path.of("..");

    private static String block(String language) throws IOException {
        return block(language, "");
    }

    private static String block(String language, String start) throws IOException {
        Matcher block = Pattern.compile("(?s)```" + language + "\n(" + start + ".*?)```")
                .matcher(Files.readString(PROJECT.resolve("README.md")));
        assertThat(block.find()).as("a block of " + language).isTrue();
        return block.group(1);
    }

    @Test
    void itsPluginIsTheOneThatIsTested() throws IOException {
        assertThat(block("java", "package")).isEqualTo(PluginJars.source("LinearProbe"));
    }

    @Test
    void itsExperimentFileIsValidAndItsReportWhatIsSaid(@TempDir Path folder) throws IOException {
        Path base = PROJECT.resolve("configs/base/small.yaml").toAbsolutePath().normalize();
        String yaml = block("yaml").replace("base/small.yaml", base.toString());
        Path file = Files.writeString(folder.resolve("my-rooms.yaml"), yaml);

        Result right = Result.of("validate", file.toString());
        Files.writeString(file, yaml.replace("learning-rate", "learning_rate"));
        Result wrong = Result.of("validate", file.toString());

        assertThat(right.err()).isEmpty();
        assertThat(wrong.err().replace(folder + "/", "")).contains(block("text"));
    }
}
