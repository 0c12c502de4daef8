package io.iedp.datasets.files;

import com.google.gson.JsonParseException;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import io.iedp.api.UserException;
import io.iedp.io.pickle.Pickled.Dict;
import io.iedp.io.pickle.Pickled.Items;
import io.iedp.io.pickle.PlainPickle;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The files of the REFER toolbox. JSON is read as a stream: only what is asked for is kept. */
final class RefCocoFiles {
    private static final String INCOMPLETE = "a reference has no ref_id, ann_id, image_id, split or sentences";
    /** Pixels; no picture is that large. */
    private static final double FARTHEST = 100_000;

    private static final Reference NOTHING = new Reference(-1, -1, -1, "", List.of());

    private RefCocoFiles() {}

    /** One object that expressions refer to. */
    record Reference(long id, long annotation, long image, String split, List<String> sentences) {
        boolean isWhole() {
            return id >= 0 && annotation >= 0 && image >= 0 && !split.isEmpty() && !sentences.isEmpty();
        }
    }

    /** File names of images and outlines of objects, by id. */
    record Instances(Map<Long, String> images, Map<Long, CocoMask> masks) {}

    static List<Reference> references(Path file) {
        return file.toString().endsWith(".p")
                ? pickled(file)
                : read(file, json -> {
                    List<Reference> references = new ArrayList<>();
                    array(json, () -> references.add(reference(json)));
                    return references;
                });
    }

    static Instances instances(Path file, Set<Long> wanted) {
        return read(file, json -> {
            Instances instances = new Instances(new HashMap<>(), new HashMap<>());
            object(json, key -> {
                switch (key) {
                    case "images" -> array(json, () -> image(json, instances.images));
                    case "annotations" -> array(json, () -> annotation(json, wanted, instances.masks));
                    default -> json.skipValue();
                }
            });
            return instances;
        });
    }

    private static Reference reference(JsonReader json) throws IOException {
        long[] ids = {-1, -1, -1};
        String[] split = {""};
        List<String> sentences = new ArrayList<>();
        object(json, key -> {
            switch (key) {
                case "ref_id" -> ids[0] = json.nextLong();
                case "ann_id" -> ids[1] = json.nextLong();
                case "image_id" -> ids[2] = json.nextLong();
                case "split" -> split[0] = json.nextString();
                case "sentences" ->
                    array(
                            json,
                            () -> object(json, part -> {
                                if (part.equals("sent")) {
                                    sentences.add(json.nextString());
                                } else {
                                    json.skipValue();
                                }
                            }));
                default -> json.skipValue();
            }
        });
        Reference reference = new Reference(ids[0], ids[1], ids[2], split[0], sentences);
        if (!reference.isWhole()) {
            throw new JsonParseException(INCOMPLETE + " (before " + json.getPath() + ")");
        }
        return reference;
    }

    private static List<Reference> pickled(Path file) {
        if (!(PlainPickle.read(file) instanceof Items all)) {
            throw wrong(file, "it is no list of references", null);
        }
        List<Reference> references = new ArrayList<>();
        IdentityHashMap<Object, List<String>> known = new IdentityHashMap<>();
        long expressions = 0;
        for (Object each : all.values()) {
            Reference reference = each instanceof Dict fields ? reference(fields.entries(), known) : NOTHING;
            if (!reference.isWhole()) {
                throw wrong(file, INCOMPLETE + " (number %s)".formatted(references.size()), null);
            }
            expressions += reference.sentences().size();
            if (expressions > file.toFile().length()) {
                throw wrong(file, "its references share their expressions, so that they are more than its bytes", null);
            }
            references.add(reference);
        }
        return references;
    }

    /**
     * @param known sentences by their lists, which a pickle may refer to many times
     */
    private static Reference reference(Map<String, Object> fields, IdentityHashMap<Object, List<String>> known) {
        return new Reference(
                id(fields.get("ref_id")),
                id(fields.get("ann_id")),
                id(fields.get("image_id")),
                fields.get("split") instanceof String split ? split : "",
                fields.get("sentences") instanceof Items items
                        ? known.computeIfAbsent(items, each -> sentences(items))
                        : List.of());
    }

    private static List<String> sentences(Items items) {
        List<String> sentences = new ArrayList<>();
        for (Object each : items.values()) {
            if (each instanceof Dict sentence && sentence.entries().get("sent") instanceof String text) {
                sentences.add(text);
            }
        }
        return sentences;
    }

    private static long id(Object value) {
        return value instanceof Long id ? id : -1;
    }

    private static void image(JsonReader json, Map<Long, String> images) throws IOException {
        long[] id = {-1};
        String[] name = {""};
        object(json, key -> {
            switch (key) {
                case "id" -> id[0] = json.nextLong();
                case "file_name" -> name[0] = json.nextString();
                default -> json.skipValue();
            }
        });
        images.put(id[0], name[0]);
    }

    private static void annotation(JsonReader json, Set<Long> wanted, Map<Long, CocoMask> masks) throws IOException {
        long[] id = {-1};
        CocoMask[] mask = {null};
        object(json, key -> {
            switch (key) {
                case "id" -> id[0] = json.nextLong();
                case "segmentation" -> mask[0] = mask(json);
                default -> json.skipValue();
            }
        });
        if (wanted.contains(id[0]) && mask[0] != null) {
            checkPlace(id[0], mask[0]);
            masks.put(id[0], mask[0]);
        }
    }

    private static void checkPlace(long annotation, CocoMask mask) {
        if (mask instanceof CocoMask.Polygons outline) {
            outline.polygons().stream()
                    .flatMapToDouble(Arrays::stream)
                    .filter(each -> Math.abs(each) > FARTHEST)
                    .findFirst()
                    .ifPresent(each -> {
                        throw new JsonParseException(
                                "the outline of annotation %s has a corner at %s, which is in no picture"
                                        .formatted(annotation, each));
                    });
        }
    }

    /** Polygons, or run lengths as numbers or as a string. */
    private static CocoMask mask(JsonReader json) throws IOException {
        if (json.peek() == JsonToken.BEGIN_ARRAY) {
            List<double[]> polygons = new ArrayList<>();
            array(json, () -> polygons.add(numbers(json)));
            return new CocoMask.Polygons(polygons);
        }
        List<double[]> counts = new ArrayList<>();
        List<double[]> size = new ArrayList<>();
        object(json, key -> {
            switch (key) {
                case "counts" ->
                    counts.add(
                            json.peek() == JsonToken.STRING
                                    ? CocoMask.RunLengths.decode(json.nextString())
                                    : numbers(json));
                case "size" -> size.add(numbers(json));
                default -> json.skipValue();
            }
        });
        if (counts.isEmpty() || size.isEmpty() || size.get(0).length != 2) {
            throw new JsonParseException("a segmentation has no counts or no size (before " + json.getPath() + ")");
        }
        return new CocoMask.RunLengths((int) size.get(0)[1], (int) size.get(0)[0], counts.get(0));
    }

    private static double[] numbers(JsonReader json) throws IOException {
        double[] numbers = new double[8];
        int size = 0;
        json.beginArray();
        while (json.hasNext()) {
            numbers = size == numbers.length ? Arrays.copyOf(numbers, 2 * size) : numbers;
            numbers[size++] = json.nextDouble();
        }
        json.endArray();
        return Arrays.copyOf(numbers, size);
    }

    @FunctionalInterface
    private interface Part<T> {
        T read(JsonReader json) throws IOException;
    }

    @FunctionalInterface
    private interface Field {
        void read(String key) throws IOException;
    }

    @FunctionalInterface
    private interface Element {
        void read() throws IOException;
    }

    private static void array(JsonReader json, Element element) throws IOException {
        json.beginArray();
        while (json.hasNext()) {
            element.read();
        }
        json.endArray();
    }

    private static void object(JsonReader json, Field field) throws IOException {
        json.beginObject();
        while (json.hasNext()) {
            field.read(json.nextName());
        }
        json.endObject();
    }

    private static <T> T read(Path file, Part<T> part) {
        try (BufferedReader text = Files.newBufferedReader(file);
                JsonReader json = new JsonReader(text)) {
            return part.read(json);
        } catch (NoSuchFileException e) {
            throw new UserException("There is no file %s".formatted(file), e);
        } catch (IOException | IllegalStateException | NumberFormatException | JsonParseException e) {
            throw wrong(file, String.valueOf(e.getMessage()).split("\n", 2)[0], e);
        }
    }

    private static UserException wrong(Path file, String what, Exception cause) {
        return new UserException("%s is not as it should be: %s".formatted(file, what), cause);
    }
}
