package io.iedp.datasets.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.iedp.api.UserException;
import io.iedp.api.data.Dataset;
import io.iedp.api.data.Raster;
import io.iedp.api.data.Sample;
import io.iedp.datasets.Layouts;
import io.iedp.io.image.ImageFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Thousands of damaged files, from one seed: each is read, or refused with its path; nothing else happens. */
class DamagedFilesTest {
    private static final int FILES = 400;
    private static final Duration LIMIT = Duration.ofMinutes(2);

    @TempDir
    Path root;

    private Path image;
    private Path labels;
    private Path depth;

    @BeforeEach
    void write() {
        image = root.resolve("a.jpg");
        labels = root.resolve("a-labels.png");
        depth = root.resolve("a-depth.png");
        Layouts.deep(image, depth, 8, 6, 1, 0.001);
        ImageFiles.writeLabels(Raster.labels(8, 6, Layouts.quarters(8, 6, q -> q)), labels);
        Layouts.picture(root.resolve("b.png"), 8, 6, 1);
        Layouts.text(root.resolve("table.csv"), "image,labels,depth", "a.jpg,a-labels.png,a-depth.png", "b.png,,");
    }

    private Dataset open() {
        return CsvTable.open(new CsvTable.Config(
                root.resolve("table.csv"), 0.001, 10, List.of("a", "b", "c", "d"), false, List.of(), Optional.empty()));
    }

    /**
     * Damages a file in many ways and reads its sample each time.
     *
     * @return how many were read nevertheless
     */
    private int survivors(Path file, int index, Damage damage) throws IOException {
        byte[] whole = Files.readAllBytes(file);
        Dataset dataset = open();
        Sample good = dataset.get(index);
        int read = 0;
        for (int seed = 0; seed < FILES; seed++) {
            byte[] bytes = damage.of(whole, new SplittableRandom(seed));
            Files.write(file, bytes);
            try {
                Sample sample = dataset.get(index);
                assertThat(sample.targets().keySet()).isEqualTo(good.targets().keySet());
                read++;
            } catch (UserException e) {
                assertThat(e.getMessage()).contains(file.toString());
            }
        }
        Files.write(file, whole);
        return read;
    }

    @FunctionalInterface
    private interface Damage {
        byte[] of(byte[] whole, SplittableRandom random);
    }

    private static byte[] cut(byte[] whole, SplittableRandom random) {
        return Arrays.copyOf(whole, random.nextInt(whole.length));
    }

    /** One to eight bytes are others. */
    private static byte[] changed(byte[] whole, SplittableRandom random) {
        byte[] bytes = whole.clone();
        for (int i = random.nextInt(8); i >= 0; i--) {
            int at = random.nextInt(bytes.length);
            bytes[at] = (byte) (bytes[at] + 1 + random.nextInt(255));
        }
        return bytes;
    }

    /** The same, but with checksums that fit, so that what is inside of the parts is looked at. */
    private static byte[] changedInside(byte[] whole, SplittableRandom random) {
        byte[] bytes = changed(whole, random);
        System.arraycopy(whole, 0, bytes, 0, 8);
        int at = 8;
        while (at + 12 <= bytes.length) {
            int length = (bytes[at] & 0xff) << 24
                    | (bytes[at + 1] & 0xff) << 16
                    | (bytes[at + 2] & 0xff) << 8
                    | (bytes[at + 3] & 0xff);
            if (length < 0 || length > bytes.length - at - 12) {
                break;
            }
            CRC32 checksum = new CRC32();
            checksum.update(bytes, at + 4, length + 4);
            for (int i = 0; i < 4; i++) {
                bytes[at + 8 + length + i] = (byte) (checksum.getValue() >> (24 - 8 * i));
            }
            at += 12 + length;
        }
        return bytes;
    }

    private void inTime(Executable test) {
        Assertions.assertTimeoutPreemptively(LIMIT, test, "a damaged file hangs the reader");
    }

    @Test
    void filesThatEndTooEarlyAreRefused() {
        inTime(() -> {
            assertThat(survivors(labels, 0, DamagedFilesTest::cut)).isZero();
            assertThat(survivors(depth, 0, DamagedFilesTest::cut)).isZero();
            assertThat(survivors(root.resolve("b.png"), 1, DamagedFilesTest::cut))
                    .isZero();
            // The last two bytes of a JPEG only say that it ends.
            assertThat(survivors(image, 0, DamagedFilesTest::cut)).isLessThan(FILES / 20);
        });
    }

    @Test
    void changedBytesCrashNothing() {
        inTime(() -> {
            // A PNG has checksums: only bytes behind its end could change unseen, and there are none.
            assertThat(survivors(labels, 0, DamagedFilesTest::changed)).isZero();
            assertThat(survivors(depth, 0, DamagedFilesTest::changed)).isZero();
            assertThat(survivors(image, 0, DamagedFilesTest::changed)).isBetween(1, FILES - 1);
        });
    }

    @Test
    void changedBytesBehindChecksumsCrashNothing() {
        inTime(() -> {
            assertThat(survivors(labels, 0, DamagedFilesTest::changedInside)).isLessThan(FILES / 2);
            assertThat(survivors(depth, 0, DamagedFilesTest::changedInside)).isLessThan(FILES / 2);
            assertThat(survivors(root.resolve("b.png"), 1, DamagedFilesTest::changedInside))
                    .isLessThan(FILES / 2);
        });
    }

    @Test
    void nonsenseIsRefused() {
        inTime(() -> {
            Damage nonsense = (whole, random) -> {
                byte[] bytes = new byte[random.nextInt(200)];
                random.nextBytes(bytes);
                System.arraycopy(whole, 0, bytes, 0, Math.min(bytes.length, random.nextInt(40)));
                return bytes;
            };
            assertThat(List.of(
                            survivors(labels, 0, nonsense),
                            survivors(depth, 0, nonsense),
                            survivors(image, 0, nonsense)))
                    .containsOnly(0);
        });
    }
}
