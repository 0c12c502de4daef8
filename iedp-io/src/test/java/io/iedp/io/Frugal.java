package io.iedp.io;

import com.sun.management.ThreadMXBean;
import io.iedp.api.UserException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.function.Consumer;

/** Holds readers to memory in proportion to their files. */
public final class Frugal {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** What the first use of a class takes, and buffers that do not depend on the file. */
    private static final long ALWAYS = 32 << 20;

    private static final long PER_BYTE = 4000;

    private Frugal() {}

    /**
     * A reader that fails when it has taken far more memory than its input has bytes, counted with what is garbage again.
     *
     * @param reader works in the thread that calls it
     */
    public static Consumer<byte[]> of(Consumer<byte[]> reader) {
        return bytes -> {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            Optional<UserException> refused = Optional.empty();
            try {
                reader.accept(bytes);
            } catch (UserException e) {
                refused = Optional.of(e);
            }
            long taken = THREADS.getCurrentThreadAllocatedBytes() - before;
            if (taken > ALWAYS + PER_BYTE * bytes.length) {
                throw new AssertionError("%s bytes took %s bytes of memory".formatted(bytes.length, taken));
            }
            if (refused.isPresent()) {
                throw refused.get();
            }
        };
    }

    /** {@link #of} for a reader of files. */
    public static Consumer<byte[]> file(Path file, Consumer<Path> reader) {
        return of(bytes -> reader.accept(written(file, bytes)));
    }

    private static Path written(Path file, byte[] bytes) {
        try {
            // A new file: some file systems write one that is cut to nothing through to the disk.
            Files.deleteIfExists(file);
            return Files.write(file, bytes, StandardOpenOption.CREATE_NEW);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
