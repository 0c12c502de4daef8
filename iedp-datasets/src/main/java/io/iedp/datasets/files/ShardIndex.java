package io.iedp.datasets.files;

import io.iedp.api.UserException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarFile;

/**
 * Where the files of each sample are in a tar archive.
 *
 * @param samples in the order of the archive: by the name up to its first dot, the parts by the rest of the name
 */
record ShardIndex(Map<String, Map<String, ShardIndex.Part>> samples) {
    ShardIndex {
        samples = Collections.unmodifiableMap(samples);
    }

    /** The bytes of one file in an archive. */
    record Part(long offset, int size) {
        byte[] read(Path shard) {
            ByteBuffer bytes = ByteBuffer.allocate(size);
            try (FileChannel channel = FileChannel.open(shard)) {
                while (bytes.hasRemaining()) {
                    if (channel.read(bytes, offset + bytes.position()) < 0) {
                        throw new UserException("%s has become shorter since it was opened".formatted(shard));
                    }
                }
            } catch (IOException e) {
                throw new UserException("%s cannot be read: %s".formatted(shard, e), e);
            }
            return bytes.array();
        }
    }

    /**
     * Goes from header to header; what is between is not read.
     *
     * @throws UserException if the file is no tar archive, is cut off, or has a file twice
     */
    static ShardIndex read(Path shard) {
        Map<String, Map<String, Part>> samples = new LinkedHashMap<>();
        // The channel is ours, since the library leaves its own open where the archive is damaged.
        try (FileChannel channel = FileChannel.open(shard);
                TarFile tar = new TarFile(channel)) {
            long length = channel.size();
            for (TarArchiveEntry entry : tar.getEntries()) {
                if (entry.isFile()) {
                    put(samples, entry, shard, length);
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            throw damaged(shard, e.getMessage(), e);
        }
        return new ShardIndex(samples);
    }

    private static void put(Map<String, Map<String, Part>> samples, TarArchiveEntry entry, Path shard, long length) {
        String name = entry.getName();
        int dot = name.indexOf('.', name.lastIndexOf('/') + 1);
        if (dot <= name.lastIndexOf('/') + 1) {
            return; // a name without an ending, or a hidden file
        }
        if (entry.isSparse()
                || entry.getSize() > Integer.MAX_VALUE - 8
                || entry.getSize() > length - entry.getDataOffset()) {
            throw damaged(shard, "the file '%s' in it is cut off, too large or sparse".formatted(name), null);
        }
        Part before = samples.computeIfAbsent(name.substring(0, dot), key -> new LinkedHashMap<>(4))
                .put(name.substring(dot + 1), new Part(entry.getDataOffset(), (int) entry.getSize()));
        if (before != null) {
            throw new UserException("%s has the file '%s' twice".formatted(shard, name));
        }
    }

    private static UserException damaged(Path shard, String reason, Exception cause) {
        return new UserException(
                "%s is no whole .tar archive (%s). Compressed archives must be unpacked to .tar: their files cannot be reached one by one."
                        .formatted(shard, reason),
                cause);
    }
}
