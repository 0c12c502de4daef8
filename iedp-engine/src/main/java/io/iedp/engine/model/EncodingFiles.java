package io.iedp.engine.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.iedp.api.UserException;
import io.iedp.nn.files.SafeTensors;
import io.iedp.nn.files.SafeTensorsWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Arrays as files, no more of them than a limit; what was not used for longest goes first. Each file says its key and has a
 * checksum of types, shapes and values, so that what a disk, a copy or a hand has changed is not taken for an encoding.
 */
final class EncodingFiles {
    private static final Logger LOG = LoggerFactory.getLogger(EncodingFiles.class);
    private static final double LEFT = 0.9;
    private static final String KEY = "key";
    private static final String CHECKSUM = "crc32c";
    private static final Duration FORGOTTEN = Duration.ofHours(1);

    private final Path folder;
    private final long limit;
    private long size;

    /**
     * @param limit in bytes
     * @throws UserException if the folder cannot be made or read
     */
    EncodingFiles(Path folder, long limit) {
        this.folder = folder;
        this.limit = limit;
        try {
            Files.createDirectories(folder);
            for (Path file : all()) {
                if (isPart(file)) {
                    deleteForgotten(file);
                }
            }
            size = all().stream().mapToLong(EncodingFiles::sizeOf).sum();
        } catch (IOException e) {
            throw new UserException("The cache %s cannot be used: %s".formatted(folder, e.getMessage()), e);
        }
    }

    /**
     * The arrays under a key, unless there are none or they are damaged.
     *
     * @param manager on whose device they come
     */
    Optional<NDList> read(String key, NDManager manager) {
        Path file = file(key);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            NDList arrays = read(file, key, manager);
            used(file);
            return Optional.of(arrays);
        } catch (UserException e) {
            LOG.warn("{} is made again: {}", file, e.getMessage());
            return Optional.empty();
        }
    }

    private static NDList read(Path file, String key, NDManager manager) {
        try (SafeTensors source = SafeTensors.open(file)) {
            if (!key.equals(source.metadata().get(KEY))) {
                throw new UserException("it says that it is of another key, or of none");
            }
            NDList arrays = new NDList();
            for (int i = 0; i < source.names().size(); i++) {
                arrays.add(source.read(Integer.toString(i), manager));
            }
            if (arrays.isEmpty()) {
                throw new UserException("it is empty");
            }
            if (!checksum(arrays).equals(source.metadata().get(CHECKSUM))) {
                throw new UserException("its checksum is another one");
            }
            return arrays;
        }
    }

    private static String checksum(List<NDArray> arrays) {
        CRC32C sum = new CRC32C();
        for (NDArray array : arrays) {
            sum.update("%s %s;".formatted(array.getDataType(), array.getShape()).getBytes(StandardCharsets.UTF_8));
            sum.update(array.toByteBuffer());
        }
        return Long.toHexString(sum.getValue());
    }

    private static void used(Path file) {
        try {
            Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
        } catch (IOException e) {
            // Someone else has made room meanwhile.
        }
    }

    void write(String key, NDList arrays) {
        Path file = file(key);
        Map<String, NDArray> named = new LinkedHashMap<>();
        arrays.forEach(array -> named.put(Integer.toString(named.size()), array));
        try {
            Files.createDirectories(file.getParent());
            SafeTensorsWriter.write(file, named, Map.of("format", "iedp", KEY, key, CHECKSUM, checksum(arrays)));
            added(Files.size(file));
        } catch (IOException e) {
            LOG.warn("{} cannot be kept: {}", file, e.getMessage());
        }
    }

    private synchronized void added(long bytes) throws IOException {
        size += bytes;
        if (size > limit) {
            makeRoom();
        }
    }

    /** What another process has deleted meanwhile is gone as well. */
    private void makeRoom() throws IOException {
        List<Path> oldest = new ArrayList<>(all());
        oldest.removeIf(EncodingFiles::isPart);
        Map<Path, Long> times = new LinkedHashMap<>();
        oldest.forEach(file -> times.put(file, lastUse(file)));
        oldest.sort(Comparator.comparing(times::get));
        size = oldest.stream().mapToLong(EncodingFiles::sizeOf).sum();
        for (Path file : oldest) {
            if (size <= limit * LEFT) {
                return;
            }
            size -= sizeOf(file);
            Files.deleteIfExists(file);
        }
    }

    private Path file(String key) {
        return folder.resolve(key.substring(0, 2)).resolve(key.substring(2) + ".safetensors");
    }

    /** Without a look at the files themselves, which others write and delete meanwhile. */
    private List<Path> all() throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> groups = Files.newDirectoryStream(folder, Files::isDirectory)) {
            for (Path group : groups) {
                try (DirectoryStream<Path> inside = Files.newDirectoryStream(group)) {
                    inside.forEach(files::add);
                } catch (NoSuchFileException e) {
                    // Someone else has deleted it meanwhile, and all in it.
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return files;
    }

    /** Whether it is being written, or was when its writer ended. */
    private static boolean isPart(Path file) {
        return file.toString().endsWith(".part");
    }

    private static void deleteForgotten(Path part) throws IOException {
        if (lastUse(part) < Instant.now().minus(FORGOTTEN).toEpochMilli()) {
            Files.deleteIfExists(part);
        }
    }

    private static long lastUse(Path file) {
        try {
            return Files.getLastModifiedTime(file).toMillis();
        } catch (IOException e) {
            return 0;
        }
    }

    private static long sizeOf(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return 0;
        }
    }
}
