package io.iedp.datasets.folder;

import io.iedp.api.UserException;
import io.iedp.api.data.Sample;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
        List<List<String>> rows = parse(TextFile.read(file), file);
        if (rows.isEmpty() || !rows.get(0).equals(List.of("name", Sample.SCENE, Sample.CAPTION))) {
            throw new UserException("%s must begin with the line name,scene,caption".formatted(file));
        }
        Map<String, Map<String, String>> texts = new HashMap<>();
        for (List<String> row : rows.subList(1, rows.size())) {
            if (row.size() != 3) {
                throw new UserException(
                        "%s: the row of '%s' has %d fields, not 3".formatted(file, row.get(0), row.size()));
            }
            texts.put(row.get(0), Map.of(Sample.SCENE, row.get(1), Sample.CAPTION, row.get(2)));
        }
        return texts;
    }

    private static List<List<String>> parse(String text, Path file) {
        List<List<String>> rows = new ArrayList<>();
        List<String> row = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted) {
                boolean escaped = c == '"' && i + 1 < text.length() && text.charAt(i + 1) == '"';
                if (c == '"' && !escaped) {
                    quoted = false;
                } else {
                    field.append(c);
                    i += escaped ? 1 : 0;
                }
            } else if (c == '"') {
                quoted = true;
            } else if (c == ',' || c == '\n') {
                row.add(field.toString());
                field.setLength(0);
                if (c == '\n') {
                    rows.add(List.copyOf(row));
                    row.clear();
                }
            } else if (c != '\r') {
                field.append(c);
            }
        }
        if (quoted) {
            throw new UserException("%s: the last quotation mark is not closed".formatted(file));
        }
        if (!row.isEmpty() || !field.isEmpty()) {
            row.add(field.toString());
            rows.add(List.copyOf(row));
        }
        return rows;
    }
}
