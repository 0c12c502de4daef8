package io.iedp.engine.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.iedp.api.UserException;
import io.iedp.api.data.Batch;
import io.iedp.api.data.Raster;
import io.iedp.api.data.Sample;
import io.iedp.nn.Gradients;
import io.iedp.nn.Scopes;
import io.iedp.nn.TorchKernels;
import io.iedp.nn.files.SafeTensors;
import io.iedp.nn.files.SafeTensorsWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what frozen encoders make of samples as files, one a sample, under a digest of all that it depends on: the
 * transformed picture, for guidance the sample's texts and targets too, and the encoder with its weights. Samples are encoded
 * one by one, so that the result is the same whatever is known already. Files are written whole or not at all; one that
 * is damaged is made again.
 */
public final class EncodingCache {
    private static final Logger LOG = LoggerFactory.getLogger(EncodingCache.class);
    private static final double LEFT = 0.9;
    private static final Duration FORGOTTEN = Duration.ofHours(1);

    private final Path folder;
    private final long limit;
    private final TorchKernels kernels;
    private long size;
    private long found;
    private long made;

    /**
     * @param limit in bytes
     * @throws UserException if the folder cannot be made or read
     */
    public EncodingCache(Path folder, long limit, TorchKernels kernels) {
        this.folder = folder;
        this.limit = limit;
        this.kernels = kernels;
        try {
            Files.createDirectories(folder);
            for (Path file : files()) {
                if (file.toString().endsWith(".part")) {
                    deleteForgotten(file);
                }
            }
            size = files().stream().mapToLong(EncodingCache::sizeOf).sum();
        } catch (IOException e) {
            throw new UserException("The cache %s cannot be used: %s".formatted(folder, e.getMessage()), e);
        }
    }

    /** How many encodings were found so far. */
    public long found() {
        return found;
    }

    /** How many had to be made. */
    public long made() {
        return made;
    }

    /**
     * What an encoder makes of a batch.
     *
     * @param encoder tells this encoder with its weights from all others
     * @param withTruth whether it looks at the texts and targets of samples, not at their pictures alone
     * @param encode gives arrays whose first axis is the batch
     */
    public NDList encode(String encoder, boolean withTruth, Batch batch, Function<Batch, NDList> encode) {
        if (withTruth && batch.samples().size() != batch.size()) {
            return encode.apply(batch);
        }
        return Scopes.keepAll(() -> {
            try (Gradients.Recording off = Gradients.pause()) {
                List<NDList> parts = new ArrayList<>();
                for (int i = 0; i < batch.size(); i++) {
                    Batch one = one(batch, i);
                    parts.add(encodeOne(key(encoder, withTruth, one), one, encode));
                }
                NDList stacked = new NDList();
                for (int array = 0; array < parts.get(0).size(); array++) {
                    int position = array;
                    stacked.add(NDArrays.concat(
                            new NDList(parts.stream()
                                    .map(part -> part.get(position))
                                    .toList()),
                            0));
                }
                return stacked;
            }
        });
    }

    private NDList encodeOne(String key, Batch one, Function<Batch, NDList> encode) {
        Path file = folder.resolve(key.substring(0, 2)).resolve(key.substring(2) + ".safetensors");
        if (Files.exists(file)) {
            try {
                NDList known = read(file, one.pixels().getManager());
                Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
                found++;
                return known;
            } catch (UserException | IOException e) {
                LOG.warn("{} is made again: {}", file, e.getMessage());
            }
        }
        made++;
        NDList encoded = new NDList();
        encode.apply(one).forEach(array -> encoded.add(kernels.float32(array)));
        if (!encoded.isEmpty()) {
            write(file, encoded);
        }
        return encoded;
    }

    private NDList read(Path file, NDManager manager) {
        try (SafeTensors source = SafeTensors.open(file)) {
            NDList arrays = new NDList();
            for (int i = 0; i < source.names().size(); i++) {
                arrays.add(source.read(Integer.toString(i), manager));
            }
            if (arrays.isEmpty()) {
                throw new UserException("%s is empty".formatted(file));
            }
            return arrays;
        }
    }

    private void write(Path file, NDList arrays) {
        Map<String, NDArray> named = new LinkedHashMap<>();
        arrays.forEach(array -> named.put(Integer.toString(named.size()), array));
        try {
            Files.createDirectories(file.getParent());
            SafeTensorsWriter.write(file, named, Map.of("format", "iedp"));
            size += Files.size(file);
            if (size > limit) {
                makeRoom();
            }
        } catch (IOException e) {
            LOG.warn("{} cannot be kept: {}", file, e.getMessage());
        }
    }

    /** Deletes what was not used for longest; what another process has deleted meanwhile is gone as well. */
    private void makeRoom() throws IOException {
        List<Path> oldest = new ArrayList<>(files());
        Map<Path, Long> times = new LinkedHashMap<>();
        oldest.forEach(file -> times.put(file, lastUse(file)));
        oldest.sort(Comparator.comparing(times::get));
        size = oldest.stream().mapToLong(EncodingCache::sizeOf).sum();
        for (Path file : oldest) {
            if (size <= limit * LEFT) {
                return;
            }
            size -= sizeOf(file);
            Files.deleteIfExists(file);
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList();
        }
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

    private static Batch one(Batch batch, int index) {
        Map<String, NDArray> targets = new LinkedHashMap<>();
        String range = "%d:%d".formatted(index, index + 1);
        batch.targets().forEach((name, target) -> targets.put(name, target.get(range)));
        List<Sample> samples =
                batch.samples().size() == batch.size() ? List.of(batch.samples().get(index)) : batch.samples();
        return new Batch(batch.pixels().get(range), targets, samples);
    }

    private static String key(String encoder, boolean withTruth, Batch one) {
        MessageDigest digest = WeightDigest.sha256();
        add(digest, encoder);
        add(digest, one.pixels().getShape().toString());
        digest.update(one.pixels().toByteBuffer());
        if (withTruth) {
            Sample sample = one.samples().get(0);
            new TreeMap<>(sample.texts()).forEach((name, text) -> {
                add(digest, name);
                add(digest, text);
            });
            new TreeMap<>(sample.targets()).forEach((name, target) -> {
                add(digest, "%s %d %d %d".formatted(name, target.width(), target.height(), target.channels()));
                add(digest, target);
            });
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** With its length before it, so that two texts are never another two. */
    private static void add(MessageDigest digest, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
        digest.update(bytes);
    }

    private static void add(MessageDigest digest, Raster target) {
        ByteBuffer bytes =
                ByteBuffer.allocate(target.values().length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(target.values());
        digest.update(bytes);
    }
}
