package io.iedp.hub;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;

/**
 * Lets one of several threads and Java processes at a time download a file, so that the others find it. It saves traffic
 * alone: Python's locks are others, and some file systems have none, and what is downloaded is whole in any case.
 */
final class DownloadLock implements AutoCloseable {
    private static final Duration AGAIN = Duration.ofMillis(50);

    private final Optional<FileChannel> channel;

    private DownloadLock(Optional<FileChannel> channel) {
        this.channel = channel;
    }

    /** Waits for the lock; without one where there are no locks. */
    static DownloadLock take(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            while (!isTaken(channel)) {
                Thread.sleep(AGAIN.toMillis());
            }
            return new DownloadLock(Optional.of(channel));
        } catch (IOException e) {
            channel.close();
            return new DownloadLock(Optional.empty());
        } catch (InterruptedException e) {
            channel.close();
            throw Pauses.interrupted(e);
        }
    }

    private static boolean isTaken(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false; // another thread of this process has it
        }
    }

    /** Whether nobody else with a lock is at it. */
    boolean isHeld() {
        return channel.isPresent();
    }

    @Override
    public void close() throws IOException {
        if (channel.isPresent()) {
            channel.get().close();
        }
    }
}
