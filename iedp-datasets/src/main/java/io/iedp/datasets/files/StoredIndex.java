package io.iedp.datasets.files;

import io.iedp.api.UserException;
import io.iedp.io.file.AtomicFiles;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * A folder of indices, so that an archive is walked only once. An index belongs to an archive of a path, a size and a time
 * of last change; one of another, or a damaged one, is not used.
 */
final class StoredIndex {
    private static final String FORMAT = "iedp-shard-index 1";

    /** Within this time of its last change, an archive can change again without another time, as clocks of disks are coarse. */
    private static final Duration COARSE = Duration.ofSeconds(3);

    private final Path folder;

    /**
     * @throws UserException if the folder cannot be made
     */
    StoredIndex(Path folder) {
        this.folder = folder;
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UserException("The folder %s for indices cannot be made: %s".formatted(folder, e), e);
        }
    }

    /** Which state of an archive an index is of. */
    private record State(String path, long size, Instant changed) {
        static State of(Path shard) throws IOException {
            BasicFileAttributes attributes = Files.readAttributes(shard, BasicFileAttributes.class);
            return new State(
                    shard.toRealPath().toString(),
                    attributes.size(),
                    attributes.lastModifiedTime().toInstant());
        }

        boolean isSettled() {
            return changed.isBefore(Instant.now().minus(COARSE));
        }
    }

    /**
     * The index of an archive: the stored one, or what {@link ShardIndex#read} finds, which is stored.
     *
     * @throws UserException if the archive is damaged, or the index cannot be written
     */
    ShardIndex of(Path shard) {
        try {
            State state = State.of(shard);
            Path file = folder.resolve(name(shard, state));
            Optional<ShardIndex> stored = read(file, state);
            if (stored.isPresent()) {
                return stored.get();
            }
            ShardIndex index = ShardIndex.read(shard);
            if (state.isSettled() && state.equals(State.of(shard))) {
                write(file, state, index);
            }
            return index;
        } catch (IOException e) {
            throw new UserException("The index of %s cannot be kept in %s: %s".formatted(shard, folder, e), e);
        }
    }

    /** Archives of several folders may have the same name. */
    private static String name(Path shard, State state) {
        CRC32 path = new CRC32();
        path.update(state.path().getBytes(StandardCharsets.UTF_8));
        return String.format(Locale.ROOT, "%s-%08x.index", shard.getFileName(), path.getValue());
    }

    private static void write(Path file, State state, ShardIndex index) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        text(out, FORMAT);
        text(out, state.path());
        out.writeLong(state.size());
        text(out, state.changed().toString());
        out.writeInt(index.samples().size());
        for (Map.Entry<String, Map<String, ShardIndex.Part>> sample :
                index.samples().entrySet()) {
            text(out, sample.getKey());
            out.writeInt(sample.getValue().size());
            for (Map.Entry<String, ShardIndex.Part> part : sample.getValue().entrySet()) {
                text(out, part.getKey());
                out.writeLong(part.getValue().offset());
                out.writeInt(part.getValue().size());
            }
        }
        out.writeLong(checksum(bytes.toByteArray(), bytes.size()));
        AtomicFiles.write(file, bytes.toByteArray());
    }

    /** What was stored of this state of the archive. */
    private static Optional<ShardIndex> read(Path file, State state) throws IOException {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        int length = bytes.length - Long.BYTES;
        if (length < 0
                || checksum(bytes, length)
                        != ByteBuffer.wrap(bytes, length, Long.BYTES).getLong()) {
            return Optional.empty();
        }
        try {
            return parse(new DataInputStream(new ByteArrayInputStream(bytes)), state);
        } catch (EOFException | IllegalArgumentException | DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static Optional<ShardIndex> parse(DataInputStream in, State state) throws IOException {
        if (!text(in).equals(FORMAT) || !state.equals(new State(text(in), in.readLong(), Instant.parse(text(in))))) {
            return Optional.empty();
        }
        int count = in.readInt();
        Map<String, Map<String, ShardIndex.Part>> samples = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            String key = text(in);
            int parts = in.readInt();
            Map<String, ShardIndex.Part> sample = new LinkedHashMap<>(4);
            for (int j = 0; j < parts; j++) {
                sample.put(text(in), part(in.readLong(), in.readInt(), state));
            }
            samples.put(key, sample);
        }
        return Optional.of(new ShardIndex(samples));
    }

    private static ShardIndex.Part part(long offset, int size, State state) {
        if (offset < 0 || size < 0 || offset > state.size() - size) {
            throw new IllegalArgumentException("outside of the archive");
        }
        return new ShardIndex.Part(offset, size);
    }

    private static void text(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static String text(DataInputStream in) throws IOException {
        return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
    }

    private static long checksum(byte[] bytes, int length) {
        CRC32 crc = new CRC32();
        crc.update(bytes, 0, length);
        return crc.getValue();
    }
}
