package io.iedp.io.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FoldersTest {
    @Test
    void aPlaceIsFreeWhereNothingWouldBeLost(@TempDir Path folder) throws IOException {
        assertThat(Folders.isFree(folder.resolve("new"))).isTrue();
        assertThat(Folders.isFree(folder)).isTrue();
        Path file = Files.createFile(folder.resolve("file"));
        assertThat(Folders.isFree(folder)).isFalse();
        assertThat(Folders.isFree(file)).isFalse();
    }
}
