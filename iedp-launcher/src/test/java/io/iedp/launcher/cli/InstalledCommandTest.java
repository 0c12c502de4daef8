package io.iedp.launcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.iedp.config.plugin.PluginJars;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A third party's command. */
class InstalledCommandTest {
    @TempDir
    private Path work;

    private Path plugins;

    @BeforeEach
    void makePlugin() throws IOException {
        plugins = work.resolve("plugins");
        PluginJars.write(plugins, "Greeting", PluginJars.source("Greeting"));
    }

    private Result run(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--plugins");
        all.add(plugins.toString());
        return Result.of(all.toArray(String[]::new));
    }

    @Test
    void itRunsWithItsSettings() {
        Result result = run("acme/greet", "name=Ada", "numbers=[2, 3]", "times=2");

        assertThat(result)
                .isEqualTo(new Result(0, "Hello Ada: 5.0, true%n".formatted().repeat(2), ""));
    }

    @Test
    void helpListsItsKeys() {
        Result result = run("acme/greet", "--help");

        assertThat(result.code()).isZero();
        assertThat(result.out())
                .contains("Usage: iedp acme/greet", "Greets 100% of its users.", "Keys:")
                .containsPattern("name +Whom to greet, 100% sure. \\(text, required\\)")
                .containsPattern("numbers +Numbers to add. \\(a list of whole numbers, default: \\[1\\]\\)")
                .containsPattern("times +How often. \\(a whole number, 1 to 3, default: 1\\)")
                .containsPattern("failure +What to fail with. \\(text, optional\\)");
        assertThat(run("--help").out()).containsPattern("acme/greet +Greets 100% of its users\\.");
    }

    @Test
    void itsSettingsAreChecked() {
        Result result = run("acme/greet", "times=4", "nmae=Ada");

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err())
                .startsWith("2 problems in command line")
                .contains("must be 1 to 3, but is 4", "unknown key 'nmae'; did you mean 'name'?");
        assertThat(result.out()).isEmpty();
    }

    @Test
    void itsMessagesEndWithTwo() {
        Result result = run("acme/greet", "name=Ada", "failure='no voice'");

        assertThat(result).isEqualTo(new Result(2, "", "no voice%n".formatted()));
    }

    @Test
    void itIsListedAndDescribed() {
        assertThat(run("plugins").out()).containsPattern("command +acme/greet +Greeting.jar +Greets");
        assertThat(run("describe", "command", "acme/greet").out()).containsPattern("times +a whole number +1 +1 to 3");
    }

    @Test
    void theCompletionScriptIsStillOneThatTheShellTakes() throws IOException, InterruptedException {
        Path script = Files.writeString(
                work.resolve("completion.sh"), run("generate-completion").out());

        Process shell =
                new ProcessBuilder("bash", "-n", script.toString()).inheritIO().start();

        assertThat(shell.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(shell.exitValue()).isZero();
        assertThat(script).content().contains("acme/greet");
    }

    /** Other commands work, and one that is not found says why it may be missing. */
    @Test
    void aDamagedPluginIsToldWhenItsCommandIsMissing() throws IOException {
        Path jar = Files.writeString(plugins.resolve("Greeting.jar"), "no jar");
        String told = "The plugin Greeting.jar is left out: Greeting.jar is no readable jar: ";

        Result missing = run("acme/greet", "name=Ada");
        Result listed = run("plugins");

        assertThat(missing.code()).isEqualTo(2);
        assertThat(missing.err()).contains("Unmatched argument", told);
        assertThat(run("--help").code()).isZero();
        assertThat(listed.code()).isZero();
        assertThat(listed.err()).containsOnlyOnce(told).contains(jar.toString());
        assertThat(listed.out()).contains("semantic-fpn");
    }

    /** Such a class is missed only once it is needed. */
    @Test
    void aLibraryThatIsMissingIsToldWhenTheCommandRuns() throws IOException {
        PluginJars.write(
                plugins,
                "Greeting",
                PluginJars.source("Greeting")
                        .replace(
                                "float sum = 0;",
                                "float sum = com.google.gson.JsonNull.INSTANCE.toString().length();"));

        Result result = run("acme/greet", "name=Ada");

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err())
                .startsWith("The command 'acme/greet' of Greeting.jar does not work: it needs the class "
                        + "com.google.gson.JsonNull, which is neither in the plugin nor in the JDK. Put the library");
    }

    @Test
    void aThirdPartyPutsItsNameBeforeItsCommands() throws IOException {
        PluginJars.write(plugins, "Greeting", PluginJars.source("Greeting").replace("acme/greet", "greet"));

        assertThat(run("plugins").err()).contains("brings a command of type 'greet'", "VENDOR/NAME");
    }
}
