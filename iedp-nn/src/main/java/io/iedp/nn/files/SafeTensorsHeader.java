package io.iedp.nn.files;

import ai.djl.ndarray.types.Shape;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import io.iedp.api.UserException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The header of a safetensors file: 8 bytes of length, then JSON that gives each array's type, shape and
 * place. Everything is checked against the size of the file: arrays must fill it without gaps or overlaps.
 */
record SafeTensorsHeader(Map<String, Entry> entries, Map<String, String> metadata) {
    private static final int LENGTH = 8;
    private static final String METADATA = "__metadata__";

    /** Far above what the arrays of a model need, which is about 150 bytes each. */
    private static final long MAX_HEADER = 16 << 20;

    /** An array's type, shape and bytes, counted from the beginning of the file. */
    record Entry(ElementType type, Shape shape, long begin, long size) {
        long end() {
            return begin + size;
        }
    }

    static SafeTensorsHeader read(MappedFile file) {
        if (file.size() < LENGTH) {
            throw broken(file, "it has only %s bytes".formatted(file.size()));
        }
        long size = number(file);
        if (size < 2 || size > file.size() - LENGTH) {
            throw broken(file, "its header would have %s bytes, the file has %s".formatted(size, file.size()));
        }
        if (size > MAX_HEADER) {
            throw broken(file, "its header would have %s bytes; more than %s are absurd".formatted(size, MAX_HEADER));
        }
        try {
            return new Parser(file, LENGTH + size).parse(text(file, size));
        } catch (IOException | IllegalStateException | NumberFormatException e) {
            throw broken(file, "its header is no valid JSON: " + e.getMessage());
        }
    }

    private static long number(MappedFile file) {
        ByteBuffer bytes = file.map(0, LENGTH, "the header's length");
        try {
            return bytes.getLong();
        } finally {
            DirectMemory.free(bytes);
        }
    }

    private static String text(MappedFile file, long size) throws IOException {
        ByteBuffer bytes = file.map(LENGTH, size, "the header");
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(bytes)
                    .toString();
        } finally {
            DirectMemory.free(bytes);
        }
    }

    private static UserException broken(MappedFile file, String reason) {
        return file.broken("it is no whole safetensors file: " + reason);
    }

    /** Reads the JSON piece by piece, so that nothing in it passes unseen, such as a name that comes twice. */
    private record Parser(MappedFile file, long start) {
        SafeTensorsHeader parse(String text) throws IOException {
            Map<String, Entry> entries = new LinkedHashMap<>();
            Map<String, String> metadata = new LinkedHashMap<>();
            JsonReader json = new JsonReader(new StringReader(text));
            json.setStrictness(Strictness.STRICT);
            json.beginObject();
            while (json.hasNext()) {
                String name = json.nextName();
                if (entries.containsKey(name) || (name.equals(METADATA) && !metadata.isEmpty())) {
                    throw broken(file, "its header has '%s' twice".formatted(name));
                }
                if (name.equals(METADATA)) {
                    metadata(json, metadata);
                } else {
                    entries.put(name, entry(json, name));
                }
            }
            json.endObject();
            if (json.peek() != JsonToken.END_DOCUMENT) {
                throw broken(file, "its header goes on after its end");
            }
            checkPlaces(entries);
            return new SafeTensorsHeader(entries, metadata);
        }

        private static void metadata(JsonReader json, Map<String, String> metadata) throws IOException {
            json.beginObject();
            while (json.hasNext()) {
                metadata.put(json.nextName(), json.nextString());
            }
            json.endObject();
        }

        private Entry entry(JsonReader json, String name) throws IOException {
            String type = null;
            long[] shape = null;
            long[] offsets = null;
            json.beginObject();
            while (json.hasNext()) {
                switch (json.nextName()) {
                    case "dtype" -> type = json.nextString();
                    case "shape" -> shape = numbers(json, name, ArraySize.MAX_AXES);
                    case "data_offsets" -> offsets = numbers(json, name, 2);
                    default -> json.skipValue();
                }
            }
            json.endObject();
            if (type == null || shape == null || offsets == null || offsets.length != 2) {
                throw broken(file, "'%s' lacks its dtype, shape or data_offsets".formatted(name));
            }
            return entry(name, type, shape, offsets[0], offsets[1]);
        }

        private long[] numbers(JsonReader json, String name, int most) throws IOException {
            List<Long> numbers = new ArrayList<>();
            json.beginArray();
            while (json.hasNext()) {
                if (numbers.size() == most) {
                    throw broken(file, "'%s' has more than %s numbers in its shape or offsets".formatted(name, most));
                }
                numbers.add(json.nextLong());
            }
            json.endArray();
            return numbers.stream().mapToLong(Long::longValue).toArray();
        }

        private Entry entry(String name, String typeName, long[] shape, long begin, long end) {
            ElementType type = ElementType.named(typeName)
                    .orElseThrow(() -> broken(
                            file,
                            "'%s' has the type %s; these can be read: %s"
                                    .formatted(name, typeName, Arrays.toString(ElementType.values()))));
            long size = ArraySize.of(shape, type)
                    .orElseThrow(() ->
                            broken(file, "'%s' has the impossible shape %s".formatted(name, Arrays.toString(shape))));
            if (begin < 0 || end < begin || end > file.size() - start) {
                throw broken(
                        file,
                        "'%s' lies at bytes %s to %s of the data, which has %s: the file may be cut short"
                                .formatted(name, begin, end, file.size() - start));
            }
            if (end - begin != size) {
                throw broken(
                        file,
                        "'%s' of shape %s and type %s needs %s bytes, but has %s"
                                .formatted(name, Arrays.toString(shape), type, size, end - begin));
            }
            return new Entry(type, new Shape(shape), start + begin, size);
        }

        private void checkPlaces(Map<String, Entry> entries) {
            List<Map.Entry<String, Entry>> ordered = entries.entrySet().stream()
                    .sorted(Comparator.comparing(
                            Map.Entry::getValue,
                            Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end)))
                    .toList();
            long filled = start;
            String before = "";
            for (Map.Entry<String, Entry> each : ordered) {
                if (each.getValue().begin() < filled) {
                    throw broken(file, "'%s' and '%s' overlap".formatted(before, each.getKey()));
                }
                checkGap(filled, each.getValue().begin());
                filled = each.getValue().end();
                before = each.getKey();
            }
            checkGap(filled, file.size());
        }

        private void checkGap(long from, long to) {
            if (from < to) {
                throw broken(file, "bytes %s to %s of the data belong to no array".formatted(from - start, to - start));
            }
        }
    }
}
