package io.iedp.launcher.report;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Adds to files, all of a text or nothing of it. */
final class AppendedFile {
    private static final Logger LOG = LoggerFactory.getLogger(AppendedFile.class);

    private AppendedFile() {}

    /**
     * @return whether there was room
     */
    static boolean append(Path file, String text) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            long end = channel.size();
            channel.position(end);
            try {
                ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                return true;
            } catch (IOException e) {
                channel.truncate(end);
                throw e;
            }
        } catch (IOException e) {
            LOG.warn("{} cannot be written: {}; training goes on", file, e.getMessage());
            return false;
        }
    }
}
