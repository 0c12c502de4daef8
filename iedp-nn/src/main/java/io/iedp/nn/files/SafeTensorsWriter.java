package io.iedp.nn.files;

import ai.djl.ndarray.NDArray;
import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.iedp.io.file.AtomicFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Writes arrays in the safetensors format. */
public final class SafeTensorsWriter {
    private SafeTensorsWriter() {}

    /**
     * Writes a file whole or not at all.
     *
     * @param metadata free-form strings for the header, which come in the order of their names
     */
    public static void write(Path file, Map<String, NDArray> arrays, Map<String, String> metadata) throws IOException {
        AtomicFiles.write(file, channel -> {
            AtomicFiles.write(channel, header(arrays, metadata));
            for (NDArray array : arrays.values()) {
                AtomicFiles.write(channel, array.toByteBuffer());
            }
        });
    }

    private static ByteBuffer header(Map<String, NDArray> arrays, Map<String, String> metadata) {
        JsonObject json = new JsonObject();
        JsonObject strings = new JsonObject();
        new TreeMap<>(metadata).forEach(strings::addProperty);
        json.add("__metadata__", strings);
        long offset = 0;
        for (Map.Entry<String, NDArray> each : arrays.entrySet()) {
            NDArray array = each.getValue();
            ElementType type = ElementType.of(array.getDataType())
                    .orElseThrow(() -> new IllegalArgumentException("%s has the type %s, which safetensors lacks"
                            .formatted(each.getKey(), array.getDataType())));
            long size = array.getShape().size() * type.bytes();
            JsonObject entry = new JsonObject();
            entry.addProperty("dtype", type.name());
            entry.add("shape", array(array.getShape().getShape()));
            entry.add("data_offsets", array(offset, offset + size));
            json.add(each.getKey(), entry);
            offset += size;
        }
        byte[] text = new Gson().toJson(json).getBytes(StandardCharsets.UTF_8);
        int padded = (text.length + 7) / 8 * 8;
        ByteBuffer bytes = ByteBuffer.allocate(8 + padded).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(padded).put(text);
        while (bytes.hasRemaining()) {
            bytes.put((byte) ' ');
        }
        return bytes.flip();
    }

    private static JsonArray array(long... values) {
        JsonArray array = new JsonArray();
        for (long value : values) {
            array.add(value);
        }
        return array;
    }
}
