package io.iedp.nn.files;

import io.iedp.api.UserException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file whose parts are mapped into memory one by one, so its size is not limited. */
record MappedFile(Path path, FileChannel channel, long size) implements AutoCloseable {
    /**
     * @throws UserException if there is no such file or it cannot be read
     */
    static MappedFile open(Path path) {
        if (!Files.isRegularFile(path)) {
            throw new UserException("There is no weights file %s".formatted(path));
        }
        try {
            FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
            return new MappedFile(path, channel, channel.size());
        } catch (IOException e) {
            throw new UserException("%s cannot be read: %s".formatted(path, e.getMessage()), e);
        }
    }

    /**
     * Bytes of the file, in little-endian order; to be freed by {@link DirectMemory#free}.
     *
     * @param what they are, for messages
     * @throws UserException if the file ends before, or has been closed
     */
    ByteBuffer map(long begin, long length, String what) {
        if (begin < 0 || length < 0 || length > size - begin) {
            throw broken("%s would lie at bytes %s to %s, but the file has %s: it may be cut short"
                    .formatted(what, begin, begin + length, size));
        }
        if (length > Integer.MAX_VALUE) {
            throw broken("%s has %s bytes; arrays of more than 2 GiB are not supported".formatted(what, length));
        }
        try {
            return channel.map(FileChannel.MapMode.READ_ONLY, begin, length).order(ByteOrder.LITTLE_ENDIAN);
        } catch (IOException e) {
            throw new UserException("%s: %s cannot be read: %s".formatted(path, what, e.getMessage()), e);
        }
    }

    /** The error that the file is damaged or not supported. */
    UserException broken(String reason) {
        return new UserException("%s cannot be used: %s".formatted(path, reason));
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // Nothing was written, so nothing can be lost.
        }
    }
}
