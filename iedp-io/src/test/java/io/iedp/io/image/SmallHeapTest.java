package io.iedp.io.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.iedp.api.UserException;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pictures that are larger than the memory, in a process with little of it: each is refused by name, and the next is read. */
class SmallHeapTest {
    private static final int HEAP = 48;

    @TempDir
    Path folder;

    private Path good;

    @BeforeEach
    void write() throws IOException {
        good = Files.write(folder.resolve("good.jpg"), StoredJpegTest.jpeg(StoredJpegTest.noise(16, 8, 1), false));
    }

    /** Reads files as what the first argument says, and tells what came of each. */
    public static void main(String[] arguments) {
        for (int i = 1; i < arguments.length; i++) {
            Path file = Path.of(arguments[i]);
            try {
                int width = switch (arguments[0]) {
                    case "labels" -> ImageFiles.readLabels(file).width();
                    case "depth" -> ImageFiles.readDepth(file, 1).width();
                    default -> ImageFiles.readRgb(file).width();
                };
                System.out.println(width);
            } catch (UserException e) {
                System.out.println(e.getMessage());
            }
        }
    }

    private String read(String as, Path... files) throws IOException, InterruptedException {
        ProcessBuilder process = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + HEAP + "m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                SmallHeapTest.class.getName(),
                as);
        for (Path file : files) {
            process.command().add(file.toString());
        }
        Process started = process.redirectErrorStream(true).start();
        String said = new String(started.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        started.waitFor();
        return said.replace(folder + File.separator, "");
    }

    /** All black. */
    private Path png(String name, int colorType, int bits, int side, int bytesOfRow) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (DeflaterOutputStream rows = new DeflaterOutputStream(packed)) {
            for (int y = 0; y < side; y++) {
                rows.write(new byte[1 + bytesOfRow]);
            }
        }
        return Files.write(
                folder.resolve(name), PngFile.start(colorType, bits, side, side).end(packed.toByteArray()));
    }

    /** 4000 x 4000 pixels are 45.8 MiB as red, green and blue, and 61 MiB as values of four bytes. */
    @Test
    void picturesAndMapsThatTheHeapCannotHoldAreTooLarge() throws Exception {
        Path rgb = png("rgb.png", PngFile.RGB, 8, 5000, 15000);
        Path grey = png("grey.png", PngFile.GREY, 8, 4000, 4000);
        Path depth = png("depth.png", PngFile.GREY, 16, 4000, 8000);
        assertThat(read("rgb", rgb, good).lines())
                .hasSize(2)
                .first()
                .asString()
                .matches(
                        "rgb\\.png is too large: 5000 x 5000 pixels need about 72 MiB, the heap has \\d+ MiB \\(-Xmx\\)");
        assertThat(read("labels", grey).lines())
                .singleElement()
                .asString()
                .startsWith("grey.png is too large: 4000 x 4000 pixels need about 62 MiB, ");
        assertThat(read("depth", depth).lines())
                .singleElement()
                .asString()
                .startsWith("depth.png is too large: 4000 x 4000 pixels need about 62 MiB, ");
        assertThat(read("rgb", rgb, good)).endsWith("\n16\n");
    }

    @Test
    void filesThatTheHeapCannotHoldAreTooLarge() throws Exception {
        Path large = Files.write(folder.resolve("large.jpg"), new byte[60 << 20]);
        assertThat(read("rgb", large, good))
                .matches("large\\.jpg is too large: it has 60 MiB, the heap has \\d+ MiB \\(-Xmx\\)\n16\n");
    }

    /** What is free as a whole, but not in one piece. */
    @Test
    void whatIsNoticedOnlyWhileReadingIsTooLargeToo() throws Exception {
        Path grey = png("grey.png", PngFile.GREY, 8, 3700, 3700);
        assertThat(read("rgb", grey, good)).matches("grey\\.png is too large[^\n]* \\(-Xmx\\)\n16\n");
    }
}
