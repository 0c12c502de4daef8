package io.iedp.io.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShellWordTest {
    @Test
    void whatAShellLeavesAloneIsLeftAlone() {
        assertThat(ShellWord.quote("runs/quick_start-1.2=a,b")).isEqualTo("runs/quick_start-1.2=a,b");
        assertThat(ShellWord.quote("runs/größe")).isEqualTo("runs/größe");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "my runs",
                "it's",
                "a\"b",
                "$HOME",
                "`x`",
                "a\\b",
                "~/x",
                "#1",
                "a;b&c|d",
                "*?[a]{b}(c)",
                "!x",
                "two\nlines",
                "\u001b[31m'red\\",
                "\u202eabc",
                "図 1"
            })
    void aShellReadsTheWordAgain(String word) throws IOException, InterruptedException {
        Process shell = new ProcessBuilder("bash", "-c", "printf %s " + ShellWord.quote(word)).start();

        assertThat(new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo(word);
        assertThat(shell.waitFor()).isZero();
        assertThat(ShellWord.quote(word)).doesNotContainPattern("[\\p{Cntrl}\u202e]");
    }
}
