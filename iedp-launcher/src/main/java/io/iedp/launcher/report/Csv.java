package io.iedp.launcher.report;

import java.util.List;
import java.util.stream.Collectors;

/** Comma-separated values (RFC 4180), with lines that end in a line feed. */
public final class Csv {
    private Csv() {}

    public static String text(List<List<String>> rows) {
        return rows.stream().map(Csv::line).collect(Collectors.joining());
    }

    public static String line(List<String> row) {
        return row.stream().map(Csv::field).collect(Collectors.joining(",", "", "\n"));
    }

    private static String field(String field) {
        return field.matches("(?s).*[\",\r\n].*") ? '"' + field.replace("\"", "\"\"") + '"' : field;
    }
}
