package io.iedp.conditioning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import io.iedp.api.UserException;
import io.iedp.io.text.EditDistance;
import io.iedp.nn.Scopes;
import io.iedp.nn.files.SafeTensors;
import io.iedp.nn.files.SafeTensorsWriter;
import io.iedp.nn.files.StoredSource;
import io.iedp.nn.files.TorchFile;
import io.iedp.nn.files.WeightFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One embedding for each class, as VPD has them: the mean over templates of the text encoder's states at the ends of the
 * texts, none of which is brought to unit length.
 */
final class ClassEmbeddings {
    private static final String ARRAY = "embeddings";
    private static final String NAMES = "names";
    private static final String FORMAT = "format";
    private static final String OWN_FORMAT = "iedp-class-embeddings";
    private static final int SHOWN = 5;

    private ClassEmbeddings() {}

    /**
     * @param length tokens of a prompt, as far as the encoder takes them; what goes beyond is cut
     * @return (names, width)
     */
    static NDArray compute(
            TextEncoder encoder, List<String> names, Templates templates, int length, NDManager manager) {
        int longest = Math.min(length, encoder.text().length());
        return Scopes.keep(() -> {
            NDList means = new NDList();
            for (String name : names) {
                means.add(Scopes.keep(() ->
                        encoder.pool(templates.about(name), longest, manager).mean(new int[] {0})));
            }
            return NDArrays.stack(means);
        });
    }

    /**
     * The same in one go, for few templates, so that gradients reach the encoder.
     *
     * @return (names, width)
     */
    static NDArray computeAtOnce(
            TextEncoder encoder, List<String> names, Templates templates, int length, NDManager manager) {
        List<String> prompts =
                names.stream().flatMap(name -> templates.about(name).stream()).toList();
        return Scopes.keep(
                () -> encoder.pool(prompts, Math.min(length, encoder.text().length()), manager)
                        .reshape(names.size(), templates.sentences().size(), encoder.width())
                        .mean(new int[] {1}));
    }

    /**
     * Writes embeddings with their names, whole or not at all.
     *
     * @param embeddings (names, width)
     * @param facts about where they come from
     */
    static void write(Path file, List<String> names, NDArray embeddings, Map<String, String> facts) throws IOException {
        SafeTensorsWriter.write(file, Map.of(ARRAY, embeddings), header(names, facts));
    }

    /** Whether the file was made from these names and facts. */
    static boolean isCurrent(Path file, List<String> names, Map<String, String> facts) {
        try (SafeTensors source = open(file)) {
            return source.metadata().equals(header(names, facts));
        }
    }

    private static Map<String, String> header(List<String> names, Map<String, String> facts) {
        Map<String, String> header = new LinkedHashMap<>(facts);
        header.put(FORMAT, OWN_FORMAT);
        header.put(NAMES, new Gson().toJson(names));
        return header;
    }

    /**
     * The embeddings of these classes, in this order. VPD's files, which hold one array and no names, must have them in this
     * order.
     *
     * @return (names, width)
     * @throws UserException if it is no file of class embeddings, or lacks a class
     */
    static NDArray read(Path file, List<String> names, NDManager manager) {
        try (StoredSource source = WeightFiles.open(file)) {
            if (source instanceof TorchFile && source.names().equals(Set.of(TorchFile.SINGLE))) {
                return readUnnamed(source, names, manager);
            }
        }
        try (SafeTensors source = open(file)) {
            List<String> stored = names(source);
            NDArray embeddings = source.read(ARRAY, manager);
            if (embeddings.getShape().dimension() != 2 || embeddings.getShape().get(0) != stored.size()) {
                throw new UserException("%s is damaged: its embeddings are %s for %s names"
                        .formatted(file, embeddings.getShape(), stored.size()));
            }
            checkAll(file, names, stored);
            return Scopes.keep(() -> {
                NDList rows = new NDList();
                names.forEach(name -> rows.add(embeddings.get(stored.indexOf(name))));
                return NDArrays.stack(rows);
            });
        }
    }

    private static NDArray readUnnamed(StoredSource source, List<String> names, NDManager manager) {
        Shape shape = source.shape(TorchFile.SINGLE).orElseThrow();
        if (shape.dimension() != 2 || shape.get(0) != names.size()) {
            throw new UserException("%s holds an array of shape %s, but there are %s classes, each of which needs a row"
                    .formatted(source.description(), shape, names.size()));
        }
        return source.read(TorchFile.SINGLE, manager);
    }

    private static SafeTensors open(Path file) {
        SafeTensors source = SafeTensors.open(file);
        if (!OWN_FORMAT.equals(source.metadata().get(FORMAT))) {
            source.close();
            throw new UserException("%s holds no class embeddings; 'iedp embed-classes' makes them".formatted(file));
        }
        return source;
    }

    private static List<String> names(SafeTensors source) {
        try {
            return List.of(new Gson().fromJson(source.metadata().get(NAMES), String[].class));
        } catch (JsonParseException | NullPointerException e) {
            throw new UserException("%s is damaged: its names are no list".formatted(source.description()), e);
        }
    }

    private static void checkAll(Path file, List<String> names, List<String> stored) {
        List<String> unknown =
                names.stream().filter(name -> !stored.contains(name)).distinct().toList();
        if (!unknown.isEmpty()) {
            List<String> shown = new ArrayList<>();
            unknown.stream()
                    .limit(SHOWN)
                    .forEach(name -> shown.add("'%s' (the nearest is '%s')".formatted(name, nearest(name, stored))));
            throw new UserException(
                    "%s has no embeddings of %s of the %s classes: %s%s. 'iedp embed-classes' makes them for any names."
                            .formatted(
                                    file,
                                    unknown.size(),
                                    names.size(),
                                    String.join(", ", shown),
                                    unknown.size() > SHOWN ? ", ..." : ""));
        }
    }

    /** The one of the names that takes the fewest changes. */
    static String nearest(String name, List<String> names) {
        return names.stream()
                .min(Comparator.comparingInt(each -> EditDistance.between(name, each)))
                .orElse("");
    }
}
