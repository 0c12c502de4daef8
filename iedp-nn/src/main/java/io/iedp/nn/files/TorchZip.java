package io.iedp.nn.files;

import io.iedp.nn.files.TorchContent.Region;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/**
 * PyTorch's files since 1.6: a zip archive of stored entries, {@code NAME/data.pkl} with the pickle and {@code
 * NAME/data/KEY} with each storage, which can be mapped where they lie.
 */
final class TorchZip {
    private static final String PICKLE = "data.pkl";

    private final MappedFile file;
    private final Map<String, Region> entries = new HashMap<>();
    private final Map<String, Long> checksums = new HashMap<>();

    private TorchZip(MappedFile file) {
        this.file = file;
    }

    static TorchContent read(MappedFile file) {
        TorchZip zip = new TorchZip(file);
        zip.readDirectory();
        return zip.content();
    }

    private void readDirectory() {
        // The channel is ours, since the library leaves its own open where the archive is damaged.
        try (FileChannel channel = FileChannel.open(file.path(), StandardOpenOption.READ);
                ZipFile zip = ZipFile.builder().setSeekableByteChannel(channel).get()) {
            for (ZipArchiveEntry entry : Collections.list(zip.getEntries())) {
                add(entry);
            }
        } catch (IOException | IllegalArgumentException e) {
            throw file.broken("it is no whole zip archive: " + e.getMessage());
        }
    }

    private void add(ZipArchiveEntry entry) {
        String name = entry.getName();
        if (entry.isDirectory()) {
            return;
        }
        if (entry.getMethod() != ZipEntry.STORED
                || entry.getCompressedSize() != entry.getSize()
                || entry.getGeneralPurposeBit().usesEncryption()) {
            throw file.broken("'%s' in it is compressed or encrypted, which PyTorch never does".formatted(name));
        }
        long begin = entry.getDataOffset();
        if (begin < 0 || entry.getSize() < 0 || entry.getSize() > file.size() - begin) {
            throw file.broken("'%s' in it goes on after its end: it may be cut short".formatted(name));
        }
        if (entries.put(name, new Region(begin, entry.getSize())) != null) {
            throw file.broken("it has '%s' twice".formatted(name));
        }
        checksums.put(name, entry.getCrc());
    }

    private TorchContent content() {
        List<String> pickles = entries.keySet().stream()
                .filter(name -> name.equals(PICKLE) || name.endsWith("/" + PICKLE))
                .toList();
        if (pickles.size() != 1) {
            throw file.broken("it is a zip archive with %s entries named %s; PyTorch's have one"
                    .formatted(pickles.size(), PICKLE));
        }
        String pickle = pickles.get(0);
        String folder = pickle.substring(0, pickle.length() - PICKLE.length());
        checkByteOrder(folder + "byteorder");
        Map<String, Region> storages = new HashMap<>();
        String data = folder + "data/";
        entries.forEach((name, region) -> {
            if (name.startsWith(data)) {
                storages.put(name.substring(data.length()), region);
            }
        });
        return new TorchContent(read(pickle), storages);
    }

    private Object read(String pickle) {
        Region region = entries.get(pickle);
        if (region.length() > TorchContent.MAX_PICKLE) {
            throw file.broken("its '%s' has %s bytes; more than %s are absurd"
                    .formatted(pickle, region.length(), TorchContent.MAX_PICKLE));
        }
        ByteBuffer bytes = file.map(region.begin(), region.length(), pickle);
        try {
            CRC32 checksum = new CRC32();
            checksum.update(bytes.duplicate());
            if (checksum.getValue() != checksums.get(pickle)) {
                throw file.broken("its '%s' has another checksum than it should".formatted(pickle));
            }
            return TorchContent.unpickle(bytes, new TorchCalls());
        } finally {
            DirectMemory.free(bytes);
        }
    }

    private void checkByteOrder(String name) {
        Region region = entries.get(name);
        if (region == null) {
            return;
        }
        ByteBuffer bytes = file.map(region.begin(), Math.min(region.length(), 16), name);
        try {
            String order = StandardCharsets.ISO_8859_1.decode(bytes).toString();
            if (!order.equals("little")) {
                throw file.broken(
                        "its arrays are in the byte order '%s'; save it on a little-endian machine".formatted(order));
            }
        } finally {
            DirectMemory.free(bytes);
        }
    }
}
