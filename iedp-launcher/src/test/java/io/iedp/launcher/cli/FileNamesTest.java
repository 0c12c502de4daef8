package io.iedp.launcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.InvalidPathException;
import org.junit.jupiter.api.Test;

class FileNamesTest {
    private static final String ASCII = "ANSI_X3.4-1968";

    @Test
    void aNameThatTheLocaleHasNoLettersForIsSaidToNeedAnother() {
        assertThat(FileNames.hint("There is no file café.jpg", ASCII, "/work"))
                .hasValueSatisfying(hint -> assertThat(hint).contains("ANSI_X3.4-1968", "LC_ALL=C.UTF-8"));
        assertThat(FileNames.hint("There is no file caf\uFFFD\uFFFD.jpg", ASCII, "/work"))
                .isPresent();
        assertThat(FileNames.hint("There is no file x.yaml", ASCII, "/donn\uFFFD\uFFFDes"))
                .isPresent();
    }

    @Test
    void otherFailuresAreNotPutDownToTheLocale() {
        assertThat(FileNames.hint("There is no file a.jpg", ASCII, "/work")).isEmpty();
        assertThat(FileNames.hint("There is no file café.jpg", "UTF-8", "/work"))
                .isEmpty();
    }

    @Test
    void aNameThatCannotBeSaysWhy() {
        assertThat(FileNames.message(new InvalidPathException("a\0b", "Nul character not allowed")))
                .isEqualTo("'a\0b' cannot be the name of a file: Nul character not allowed");
    }
}
