package io.iedp.io.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.iedp.api.UserException;
import io.iedp.api.data.RgbImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files of all kinds, made by {@code pillow.py}, are read as Pillow reads them. Both decode JPEG with descendants of libjpeg
 * whose arithmetic is the same to the bit, so there is nothing to tolerate. Exceptions: we refuse arithmetic coding, which
 * libjpeg-turbo reads, and files that are damaged, of which Pillow reads some; but never the other way round.
 *
 * <p>{@code pillow.zip} was recorded with Pillow 12.3.0 and libjpeg-turbo 3.1.4.1. Where Python has Pillow, hundreds of
 * further files are compared; {@code -Diedp.python} is the interpreter, {@code -Diedp.pillow=5000} makes the files more,
 * {@code -Diedp.pillow.seed} others.
 */
class PillowTest {
    private static final String PYTHON = System.getProperty("iedp.python", "python3");
    private static final int SIDE = 60;

    @TempDir
    Path folder;

    /** A file, and how Pillow reads it. */
    private record Case(String name, byte[] file, Optional<byte[]> pixels) {
        /** What differs. */
        Optional<String> compared() {
            byte[] read;
            try {
                RgbImage image = ImageFiles.decodeRgb(file, name);
                byte[] start =
                        "%s %s\n".formatted(image.width(), image.height()).getBytes(StandardCharsets.US_ASCII);
                read = new byte[start.length + image.pixels().length];
                System.arraycopy(start, 0, read, 0, start.length);
                System.arraycopy(image.pixels(), 0, read, start.length, image.pixels().length);
            } catch (UserException e) {
                boolean expected = pixels.isEmpty()
                        || name.contains("damaged") && e.getMessage().contains(" is damaged: ")
                        || name.contains("arithmetic") && e.getMessage().contains("arithmetic coding");
                return expected ? Optional.empty() : Optional.of(e.getMessage());
            }
            if (pixels.isEmpty()) {
                return Optional.of(name + " is read, but not by Pillow");
            }
            return Arrays.equals(read, pixels.get()) ? Optional.empty() : Optional.of(name + " has other pixels");
        }
    }

    private static void assertSame(Map<String, byte[]> files) {
        List<String> different = new ArrayList<>();
        int read = 0;
        for (String name : files.keySet()) {
            if (!name.endsWith(".rgb")) {
                Case one = new Case(name, files.get(name), Optional.ofNullable(files.get(name + ".rgb")));
                one.compared().ifPresent(different::add);
                read += one.pixels.isPresent() ? 1 : 0;
            }
        }
        assertThat(different).isEmpty();
        assertThat(read).as("pictures that Pillow reads").isGreaterThan(files.size() / 3);
    }

    @Test
    void picturesAreReadAsRecordedWithPillow() throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (InputStream packed = PillowTest.class.getResourceAsStream("pillow.zip");
                ZipInputStream zip = new ZipInputStream(packed)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName(), zip.readAllBytes());
            }
        }
        assertSame(files);
    }

    @Test
    void picturesAreReadAsByPillow() throws IOException, InterruptedException {
        assumeTrue(python("-c", "import PIL") == 0, "There is no %s with Pillow (PIL)".formatted(PYTHON));
        Path script = folder.resolve("pillow.py");
        try (InputStream source = PillowTest.class.getResourceAsStream("pillow.py")) {
            Files.copy(source, script);
        }
        Path made = Files.createDirectories(folder.resolve("made"));
        String seed = System.getProperty("iedp.pillow.seed", "1");
        String count = System.getProperty("iedp.pillow", "400");
        assertThat(python("-W", "ignore", script.toString(), made.toString(), seed, count, "" + SIDE))
                .isZero();
        Map<String, byte[]> files = new TreeMap<>();
        try (var paths = Files.list(made)) {
            for (Path path : (Iterable<Path>) paths::iterator) {
                files.put(path.getFileName().toString(), Files.readAllBytes(path));
            }
        }
        assertSame(files);
    }

    private static int python(String... arguments) throws InterruptedException {
        List<String> command = new ArrayList<>(List.of(PYTHON));
        command.addAll(List.of(arguments));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(10, TimeUnit.MINUTES) ? process.exitValue() : -1;
        } catch (IOException e) {
            return -1; // there is no such program
        }
    }
}
