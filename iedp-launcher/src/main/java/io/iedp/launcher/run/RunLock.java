package io.iedp.launcher.run;

import io.iedp.api.UserException;
import io.iedp.engine.run.RunFolder;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Keeps two processes from training in one folder. The system lets go of it when the process ends, however it does. */
final class RunLock implements AutoCloseable {
    private final FileChannel channel;

    private RunLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * @throws UserException if another has it
     */
    static RunLock of(RunFolder folder) {
        Path file = folder.path().resolve("run.lock");
        FileChannel channel = null;
        try {
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (channel.tryLock() != null) {
                return new RunLock(channel);
            }
            channel.close();
            throw inUse(folder);
        } catch (OverlappingFileLockException e) {
            close(channel);
            throw inUse(folder);
        } catch (IOException e) {
            close(channel);
            throw new UserException("%s cannot be locked: %s".formatted(file, e.getMessage()), e);
        }
    }

    @Override
    public void close() {
        close(channel);
    }

    private static UserException inUse(RunFolder folder) {
        return new UserException("The run %s is being trained by another process".formatted(folder.path()));
    }

    private static void close(FileChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            // Nothing was written.
        }
    }
}
