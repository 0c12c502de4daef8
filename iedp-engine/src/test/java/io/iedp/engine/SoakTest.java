package io.iedp.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many predictions, from threads that come and go; {@code -Diedp.soak=2000} makes them more. */
class SoakTest {
    private static final Path PAGES = Path.of("/proc/self/statm");
    private static final int PREDICTIONS = Integer.getInteger("iedp.soak", 600);

    /** More than the heap's and the allocator's moods, and much less than what a leak of one image a prediction comes to. */
    private static final long ALLOWED_MEBIBYTES = 16;

    @TempDir
    private Path folder;

    private static long residentMebibytes() throws IOException {
        return Long.parseLong(Files.readString(PAGES).split(" ", 3)[1]) * 4096 >> 20;
    }

    @Test
    void memoryStaysFlat() throws Exception {
        assumeTrue(Files.isReadable(PAGES), "This system does not tell how much memory a process holds");
        List<BufferedImage> images = List.of(
                new BufferedImage(64, 48, BufferedImage.TYPE_INT_RGB),
                new BufferedImage(101, 75, BufferedImage.TYPE_3BYTE_BGR));
        try (IedpModel model = IedpModel.open(MicroRun.write(folder.resolve("run")))) {
            predict(model, images, PREDICTIONS / 3);
            System.gc();
            long before = residentMebibytes();

            predict(model, images, PREDICTIONS);

            System.gc();
            assertThat(residentMebibytes() - before)
                    .as("MiB that %d predictions left", PREDICTIONS)
                    .isLessThan(ALLOWED_MEBIBYTES);
        }
    }

    private static void predict(IedpModel model, List<BufferedImage> images, int count) throws InterruptedException {
        for (int i = 0; i < count; i++) {
            BufferedImage image = images.get(i % images.size());
            Thread thread = new Thread(() -> model.predict(image).overlay());
            thread.start();
            thread.join();
        }
    }
}
