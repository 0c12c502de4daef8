package io.iedp.datasets.files;

import io.iedp.api.UserException;
import io.iedp.api.io.TextFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Tables as text (RFC 4180). */
final class Csv {
    private Csv() {}

    /** The rows, without blank lines. */
    static List<List<String>> read(Path file) {
        return parse(TextFiles.read(file), file).stream()
                .filter(row -> !row.equals(List.of("")))
                .toList();
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
