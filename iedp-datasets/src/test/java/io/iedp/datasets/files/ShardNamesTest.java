package io.iedp.datasets.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShardNamesTest {
    @TempDir
    private Path folder;

    @Test
    void theNumbersOfAShardHaveTheSameDigitsInEveryLanguage() throws IOException {
        List<Path> shards = List.of(
                Files.createFile(folder.resolve("train-08.tar")),
                Files.createFile(folder.resolve("train-09.tar")),
                Files.createFile(folder.resolve("train-10.tar")));
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG"));

            assertThat(ShardNames.expand(List.of(folder + "/train-{08..10}.tar")))
                    .isEqualTo(shards);
        } finally {
            Locale.setDefault(before);
        }
    }
}
