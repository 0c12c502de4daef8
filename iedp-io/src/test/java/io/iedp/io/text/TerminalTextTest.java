package io.iedp.io.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TerminalTextTest {
    @Test
    void whatWouldDoSomethingToATerminalIsMarked() {
        assertThat(TerminalText.of("a\u001b[31mred\u0007\u009b2J\rb\0"))
                .isEqualTo("a\uFFFD[31mred\uFFFD\uFFFD2J\uFFFDb\uFFFD");
        assertThat(TerminalText.of("x\u202Egpj.exe\u2066y\u200F")).isEqualTo("x\uFFFDgpj.exe\uFFFDy\uFFFD");
    }

    @Test
    void textIsKept() {
        assertThat(TerminalText.of("größer 図\n\tzwei\r\n")).isEqualTo("größer 図\n\tzwei\n");
        assertThat(TerminalText.line("one\ntwo\tthree")).isEqualTo("one\uFFFDtwo three");
    }
}
