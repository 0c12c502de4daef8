package io.iedp.nn;

import ai.djl.ndarray.types.Shape;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.iedp.api.UserException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The header of a safetensors file: 8 bytes of length, then JSON that gives each array's type, shape and
 * place. Everything is checked against the size of the file before anything is allocated.
 */
record SafeTensorsHeader(Map<String, Entry> entries, Map<String, String> metadata) {
    private static final long MAX_HEADER = 100_000_000;
    private static final String METADATA = "__metadata__";

    /** An array's type, shape and bytes, counted from the beginning of the file. */
    record Entry(SafeTensorsType type, Shape shape, long begin, long size) {}

    static SafeTensorsHeader read(Path file, FileChannel channel) throws IOException {
        long length = channel.size();
        if (length < 8) {
            throw broken(file, "it has only %d bytes".formatted(length));
        }
        long headerSize = read(channel, 0, 8).getLong();
        if (headerSize < 2 || headerSize > MAX_HEADER || headerSize > length - 8) {
            throw broken(file, "its header would have %d bytes, the file has %d".formatted(headerSize, length));
        }
        String json = StandardCharsets.UTF_8
                .decode(read(channel, 8, (int) headerSize))
                .toString();
        try {
            return parse(file, JsonParser.parseString(json).getAsJsonObject(), 8 + headerSize, length);
        } catch (JsonParseException | IllegalStateException | NumberFormatException | ClassCastException e) {
            throw broken(file, "its header is no valid JSON: " + e.getMessage());
        }
    }

    private static ByteBuffer read(FileChannel channel, long position, int size) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, position + buffer.position()) < 0) {
                throw new IOException("the file ends early");
            }
        }
        return buffer.flip();
    }

    private static SafeTensorsHeader parse(Path file, JsonObject json, long start, long length) {
        Map<String, Entry> entries = new LinkedHashMap<>();
        Map<String, String> metadata = new LinkedHashMap<>();
        for (Map.Entry<String, JsonElement> member : json.entrySet()) {
            JsonObject value = member.getValue().getAsJsonObject();
            if (member.getKey().equals(METADATA)) {
                value.entrySet()
                        .forEach(each ->
                                metadata.put(each.getKey(), each.getValue().getAsString()));
            } else {
                entries.put(member.getKey(), entry(file, member.getKey(), value, start, length));
            }
        }
        checkOverlaps(file, entries);
        return new SafeTensorsHeader(entries, metadata);
    }

    private static Entry entry(Path file, String name, JsonObject json, long start, long length) {
        if (!json.has("dtype") || !json.has("shape") || !json.has("data_offsets")) {
            throw broken(file, "'%s' lacks its dtype, shape or data_offsets".formatted(name));
        }
        String typeName = json.get("dtype").getAsString();
        SafeTensorsType type = SafeTensorsType.named(typeName)
                .orElseThrow(() -> broken(file, "'%s' has the unknown type %s".formatted(name, typeName)));
        long[] shape = json.getAsJsonArray("shape").asList().stream()
                .mapToLong(JsonElement::getAsLong)
                .toArray();
        JsonArray offsets = json.getAsJsonArray("data_offsets");
        long begin = offsets.get(0).getAsLong();
        long end = offsets.get(1).getAsLong();
        long size = type.bytes();
        for (long axis : shape) {
            if (axis < 0 || (axis > 0 && size > Long.MAX_VALUE / axis)) {
                throw broken(file, "'%s' has the impossible shape %s".formatted(name, new Shape(shape)));
            }
            size *= axis;
        }
        if (begin < 0 || end < begin || end > length - start) {
            throw broken(
                    file,
                    "'%s' lies at bytes %d to %d of the data, which has %d: the file may be cut short"
                            .formatted(name, begin, end, length - start));
        }
        if (end - begin != size) {
            throw broken(
                    file,
                    "'%s' of shape %s and type %s needs %d bytes, but has %d"
                            .formatted(name, new Shape(shape), type, size, end - begin));
        }
        return new Entry(type, new Shape(shape), start + begin, size);
    }

    private static void checkOverlaps(Path file, Map<String, Entry> entries) {
        List<Map.Entry<String, Entry>> ordered = entries.entrySet().stream()
                .filter(each -> each.getValue().size() > 0)
                .sorted(Comparator.comparingLong(each -> each.getValue().begin()))
                .toList();
        for (int i = 1; i < ordered.size(); i++) {
            Entry before = ordered.get(i - 1).getValue();
            if (before.begin() + before.size() > ordered.get(i).getValue().begin()) {
                throw broken(
                        file,
                        "'%s' and '%s' overlap"
                                .formatted(
                                        ordered.get(i - 1).getKey(),
                                        ordered.get(i).getKey()));
            }
        }
    }

    private static UserException broken(Path file, String reason) {
        return new UserException("%s is not a whole safetensors file: %s".formatted(file, reason));
    }
}
