package io.iedp.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.iedp.api.UserException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FuzzTest {
    private static final List<byte[]> SEEDS = List.of("{\"a\": [1, 2]}".getBytes(StandardCharsets.US_ASCII));

    private static List<String> inputs(int count) {
        List<String> inputs = new ArrayList<>();
        Fuzz.run("inputs", count, 1, SEEDS, bytes -> inputs.add(new String(bytes, StandardCharsets.ISO_8859_1)));
        return inputs;
    }

    @Test
    void inputsAreManyAndAlwaysTheSame() {
        List<String> inputs = inputs(300);
        assertThat(inputs(300)).isEqualTo(inputs);
        Set<String> different = new HashSet<>(inputs);
        assertThat(different).hasSizeGreaterThan(200);
    }

    @Test
    void onlyUserExceptionsPass() {
        Fuzz.run("refused", 10, 1, SEEDS, bytes -> {
            throw new UserException("no");
        });
        assertThatThrownBy(() -> Fuzz.run("broken", 10, 1, SEEDS, bytes -> {
                    throw new OutOfMemoryError("much");
                }))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith(
                        "broken: the input of seed 1 throws java.lang.OutOfMemoryError: much; it is in ")
                .hasMessageEndingWith("-Diedp.fuzz=1 -Diedp.fuzz.seed=1");
    }

    @Test
    void filesAreClosed(@TempDir Path folder) throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        List<InputStream> open = new ArrayList<>();
        try {
            assertThatThrownBy(() -> Fuzz.run("leaking", 100, 1, SEEDS, bytes -> open.add(stream(file))))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageStartingWith("leaking: 100 inputs left 100 files open");
        } finally {
            for (InputStream each : open) {
                each.close();
            }
        }
    }

    private static InputStream stream(Path file) {
        try {
            return Files.newInputStream(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
