package io.iedp.launcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.iedp.config.plugin.PluginJars;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Arguments without a name, options and flags of a command that a jar brings. */
class CommandArgumentsTest {
    @TempDir
    private Path work;

    private Path plugins;

    @BeforeEach
    void makePlugin() throws IOException {
        plugins = work.resolve("plugins");
        PluginJars.write(plugins, "Sorting", PluginJars.source("Sorting"));
    }

    private Result run(String... arguments) {
        List<String> all = new ArrayList<>(List.of("--plugins", plugins.toString(), "acme/sort"));
        all.addAll(List.of(arguments));
        return Result.of(all.toArray(String[]::new));
    }

    private static String table(String... rows) {
        return String.join(System.lineSeparator(), rows) + System.lineSeparator();
    }

    @Test
    void argumentsAreTakenInTheirOrder() {
        assertThat(run("up", "pear", "apple"))
                .isEqualTo(new Result(
                        0, table("row  word", "----------", "  1  apple", "  2  pear", "to nowhere, width 0"), ""));
        assertThat(run("down", "pear", "apple").out()).containsPattern("1 +pear\\R *2 +apple");
    }

    @ParameterizedTest
    @CsvSource({
        "--times 2, 1 +abab",
        "times=2, 1 +abab",
        "--prefix 007, 1 +007ab",
        "--prefix times=3, 1 +times=3ab",
        "--no-numbers, - +ab",
        "numbers=false, - +ab",
        "'--more [aa,zz]', 3 +zz",
        "more=[aa], 1 +aa",
        "--to /tmp/x, 'to /tmp/x, width 0'",
        "to=/tmp/x, 'to /tmp/x, width 0'",
        "frame.width=4, 'to nowhere, width 4'",
        "'--frame {width: 5}', 'to nowhere, width 5'"
    })
    void anOptionMeansWhatTheSettingMeans(String given, String printed) {
        List<String> arguments = new ArrayList<>(List.of(given.split(" ", 2)));
        arguments.addAll(List.of("up", "ab"));

        Result result = run(arguments.toArray(String[]::new));

        assertThat(result.err()).isEmpty();
        assertThat(result.code()).isZero();
        assertThat(result.out()).containsPattern(printed);
    }

    /** They are taken as they are, whatever they would be in a file. */
    @Test
    void wordsThatLookLikeSomethingElseAreWords() {
        assertThat(run("up", "[a", "1e3", "key=value", "${x}", "a: b").out())
                .contains("[a", "1e3", "key=value", "${x}", "a: b");
        assertThat(run("up", "--", "times=2", "--failing").out()).contains("times=2", "--failing");
    }

    @Test
    void theExitCodeIsTheCommands() {
        assertThat(run("up", "a", "--failing").code()).isEqualTo(7);
        assertThat(run("up", "a", "failing=true").code()).isEqualTo(7);
    }

    @ParameterizedTest
    @CsvSource({
        "up, Missing required parameter: 'WORD'",
        "'', Missing required parameters: 'ORDER'",
        "sideways a, must be up or down",
        "up a --times 4, must be 1 to 3",
        "up a --times two, must be a whole number",
        "up a times=4, must be 1 to 3",
        "up a --time 2, Unknown option",
        "up a --device cpu, Unknown option",
        "up a frame.widht=2, did you mean 'width'"
    })
    void whatIsWrongIsSaid(String arguments, String message) {
        Result result = run(arguments.isEmpty() ? new String[0] : arguments.split(" "));

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains(message);
        assertThat(result.out()).isEmpty();
    }

    @Test
    void helpShowsArgumentsAndOptions() {
        Result result = run("--help");

        assertThat(result.code()).isZero();
        assertThat(result.out())
                .contains("ORDER WORD...", "Sorts words.", "All of them, 100%.", "--no-numbers", "--failing")
                .containsPattern("WORD\\.\\.\\. +Words to sort\\.")
                .containsPattern("--times=N +How often\\. \\(a whole number, 1 to 3, default:\\s+1\\)")
                .containsPattern("--to=PATH +Where to write\\. \\(a path, optional\\)")
                .containsPattern("Keys:\\R +frame.width +Its width\\.")
                .containsPattern("Exit codes:\\R +0 +sorted\\R +7 +failed, 100% sure")
                .doesNotContain("--device", "KEY=VALUE");
    }

    @Test
    void itIsDescribed() {
        assertThat(Result.of("describe", "command", "acme/sort", "--plugins", plugins.toString())
                        .out())
                .containsPattern("WORD\\.\\.\\. +a list of texts +\\(required\\)");
    }

    @Test
    void onlyTheLastArgumentMayBeAList() throws IOException {
        PluginJars.write(
                plugins,
                "Sorting",
                PluginJars.source("Sorting")
                        .replace("@Positional(\"ORDER\") @Doc(\"Which way.\") Order order,", "")
                        .replace("@Doc(\"Put before each.\") @Default(\"''\")", "@Positional(\"P\") @Doc(\"Before.\")")
                        .replace("config.order() == Order.DOWN", "false"));

        assertThat(Result.of("plugins", "--plugins", plugins.toString()).err())
                .contains("'words' of acme.Sorting$Config cannot take arguments without a name");
    }
}
