package io.iedp.nn.files;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes pickles operation by operation, and the files of PyTorch around them. */
public final class Pickles {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Pickles() {
        raw(0x80, 2);
    }

    Pickles raw(int... bytes) {
        for (int each : bytes) {
            out.write(each);
        }
        return this;
    }

    Pickles op(char code) {
        return raw(code);
    }

    Pickles text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        op('X').number(bytes.length);
        out.writeBytes(bytes);
        return this;
    }

    Pickles integer(long value) {
        raw(0x8a, 8);
        out.writeBytes(ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(value)
                .array());
        return this;
    }

    /** Four bytes, as of a length. */
    Pickles number(int value) {
        out.writeBytes(ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(value)
                .array());
        return this;
    }

    Pickles global(String module, String name) {
        op('c');
        out.writeBytes((module + "\n" + name + "\n").getBytes(StandardCharsets.UTF_8));
        return this;
    }

    Pickles tuple(long... values) {
        op('(');
        for (long value : values) {
            integer(value);
        }
        return op('t');
    }

    /** A tensor of a storage of that type. */
    Pickles tensor(String type, String key, long elements, long offset, long[] shape, long[] strides) {
        return global("torch._utils", "_rebuild_tensor_v2")
                .op('(')
                .storage(type, key, elements)
                .integer(offset)
                .tuple(shape)
                .tuple(strides)
                .raw(0x89)
                .global("collections", "OrderedDict")
                .op(')')
                .op('R')
                .op('t')
                .op('R');
    }

    private Pickles storage(String type, String key, long elements) {
        return op('(').text("storage")
                .global("torch", type)
                .text(key)
                .text("cpu")
                .integer(elements)
                .op('t')
                .op('Q');
    }

    /** {@code os.system(command)}. */
    Pickles system(String command) {
        return global("posix", "system").text(command).raw(0x85).op('R');
    }

    byte[] bytes() {
        return out.toByteArray();
    }

    /** A file of PyTorch's zip form with this pickle and a storage 0 of the floats 0, 1, 2 ... */
    Path zip(Path file, int floats) {
        ByteBuffer data = ByteBuffer.allocate(4 * floats).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < floats; i++) {
            data.putFloat(i);
        }
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("archive/data.pkl", bytes());
        entries.put("archive/data/0", data.array());
        return zip(file, entries, ZipEntry.STORED);
    }

    /** A file that holds one array and nothing else, with the values 0, 1, 2 ... */
    public static Path array(Path file, long... shape) {
        int size = Math.toIntExact(Arrays.stream(shape).reduce(1, (a, b) -> a * b));
        return new Pickles()
                .tensor("FloatStorage", "0", size, 0, shape, Strides.contiguous(shape))
                .op('.')
                .zip(file, size);
    }

    /** A checkpoint with all arrays of the source under {@code state_dict}, each in a storage of its own. */
    public static Path checkpoint(Path file, StoredSource source) {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("archive/data.pkl", new byte[0]);
        Pickles pickle = new Pickles().op('}').text("state_dict").op('}');
        for (String name : source.names()) {
            try (StoredArray array = source.stored(name)) {
                String key = Integer.toString(entries.size());
                byte[] bytes = new byte[array.bytes().remaining()];
                array.bytes().get(bytes);
                entries.put("archive/data/" + key, bytes);
                long[] shape = array.shape().getShape();
                String type = array.type() == ElementType.I64 ? "LongStorage" : "FloatStorage";
                long size = array.shape().size();
                pickle.text(name)
                        .tensor(type, key, size, 0, shape, Strides.contiguous(shape))
                        .op('s');
            }
        }
        entries.put("archive/data.pkl", pickle.op('s').op('.').bytes());
        return zip(file, entries, ZipEntry.STORED);
    }

    /**
     * A zip of these entries.
     *
     * @param method {@link ZipEntry#STORED}, as PyTorch has it, or another
     */
    public static Path zip(Path file, Map<String, byte[]> entries, int method) {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (Map.Entry<String, byte[]> each : entries.entrySet()) {
                CRC32 checksum = new CRC32();
                checksum.update(each.getValue());
                ZipEntry entry = new ZipEntry(each.getKey());
                entry.setMethod(method);
                entry.setSize(each.getValue().length);
                entry.setCrc(checksum.getValue());
                zip.putNextEntry(entry);
                zip.write(each.getValue());
                zip.closeEntry();
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
