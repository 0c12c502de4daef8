package io.iedp.datasets.files;

import io.iedp.api.UserException;
import io.iedp.api.data.Sample;
import io.iedp.io.text.Csv;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Texts of the samples in a CSV file (RFC 4180) whose first line is {@code name,scene,caption}. A name is the
 * picture's path inside of the folder of pictures, without ending, as in {@code training/kitchen_7}.
 */
final class Captions {
    private Captions() {}

    /** The texts by name; nothing when there is no such file. */
    static Map<String, Map<String, String>> read(Path file) {
        if (!Files.isRegularFile(file)) {
            return Map.of();
        }
        List<List<String>> rows = Csv.read(file);
        if (rows.isEmpty() || !rows.get(0).equals(List.of("name", Sample.SCENE, Sample.CAPTION))) {
            throw new UserException("%s must begin with the line name,scene,caption".formatted(file));
        }
        Map<String, Map<String, String>> texts = new HashMap<>();
        for (List<String> row : rows.subList(1, rows.size())) {
            if (row.size() != 3) {
                throw new UserException(
                        "%s: the row of '%s' has %s fields, not 3".formatted(file, row.get(0), row.size()));
            }
            texts.put(row.get(0), Map.of(Sample.SCENE, row.get(1), Sample.CAPTION, row.get(2)));
        }
        return texts;
    }
}
