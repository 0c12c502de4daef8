package io.iedp.io.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFilesTest {
    @TempDir
    private Path folder;

    @Test
    void aLinkInThePlaceOfTheFileIsReplacedAndNotFollowed() throws IOException {
        Path other = Files.writeString(folder.resolve("other.txt"), "mine");
        Path file = Files.createSymbolicLink(folder.resolve("file.txt"), other);

        AtomicFiles.write(file, "new");

        assertThat(other).hasContent("mine");
        assertThat(file).hasContent("new");
        assertThat(Files.isSymbolicLink(file)).isFalse();
    }

    @Test
    void noTwoPartsHaveOneName() {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            names.add(AtomicFiles.partName());
        }
        assertThat(names).hasSize(1000).allMatch(name -> name.matches("[0-9a-f]{16}\\.part"));
    }

    /** Most file systems take names of 255 bytes. */
    @Test
    void aNameOfFullLengthCanBeWritten() throws IOException {
        Path file = folder.resolve("n".repeat(255));

        AtomicFiles.write(file, "text");

        assertThat(file).hasContent("text");
    }

    @Test
    void whatFailsHalfwayLeavesTheFileAsItWas() throws IOException {
        Path file = Files.writeString(folder.resolve("file.txt"), "before");

        assertThatThrownBy(() -> AtomicFiles.write(file, channel -> {
                    throw new IOException("No space left on device");
                }))
                .hasMessage("No space left on device");

        assertThat(file).hasContent("before");
        assertThat(folder).isDirectoryNotContaining("glob:**.part");
    }
}
