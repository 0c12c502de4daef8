package io.iedp.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archive that is unpacked and run, without a clone and Maven. */
class ReleaseIT {
    private static final String NAME = "iedp-" + System.getProperty("iedp.version");

    @TempDir
    private Path folder;

    @Test
    void theUnpackedArchivePredicts() throws IOException, InterruptedException {
        unpack(Path.of("../iedp-launcher/target").resolve(NAME + ".zip"));
        Path release = folder.resolve(NAME);
        Path script = release.resolve("iedp");
        assertThat(script.toFile().setExecutable(true)).isTrue();
        Path photograph = Path.of("../iedp-serve/src/main/resources/io/iedp/serve/page/room-1.jpg")
                .toAbsolutePath();

        Maven.run(folder, List.of(script.toString(), "predict", "rooms", photograph.toString(), "--to", "out"));

        assertThat(folder.resolve("out/room-1-overlay.png")).isNotEmptyFile();
        assertThat(Maven.run(folder, List.of(script.toString(), "validate", release + "/configs/quickstart.yaml")))
                .contains("is valid");
        assertThat(release.resolve("plugins")).isDirectory();
        assertThat(release.resolve("LICENSE")).isRegularFile();
    }

    private void unpack(Path archive) throws IOException {
        try (InputStream bytes = Files.newInputStream(archive);
                ZipInputStream zip = new ZipInputStream(bytes)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path place = folder.resolve(entry.getName()).normalize();
                assertThat(place).startsWithRaw(folder);
                if (entry.isDirectory()) {
                    Files.createDirectories(place);
                } else {
                    Files.createDirectories(place.getParent());
                    Files.copy(zip, place);
                }
            }
        }
    }
}
