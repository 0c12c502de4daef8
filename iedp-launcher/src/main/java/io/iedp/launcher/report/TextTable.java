package io.iedp.launcher.report;

import io.iedp.io.text.TerminalText;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** A table of aligned columns for a terminal; columns of numbers are flush right. */
public final class TextTable {
    private TextTable() {}

    /** The table, each line with its end. */
    public static String of(List<String> columns, List<List<String>> rows) {
        List<List<String>> lines = new ArrayList<>();
        lines.add(safe(columns));
        rows.forEach(row -> lines.add(safe(row)));
        int[] widths = IntStream.range(0, columns.size())
                .map(c -> lines.stream()
                        .mapToInt(line -> line.get(c).length())
                        .max()
                        .orElse(0))
                .toArray();
        boolean[] numbers = numbers(columns.size(), rows);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < lines.size(); i++) {
            StringBuilder line = new StringBuilder();
            for (int c = 0; c < widths.length; c++) {
                String cell = lines.get(i).get(c);
                String space = " ".repeat(widths[c] - cell.length());
                line.append(numbers[c] ? space + cell : cell + space).append("  ");
            }
            text.append(line.toString().stripTrailing()).append(System.lineSeparator());
            if (i == 0) {
                text.append("-".repeat(IntStream.of(widths).sum() + 2 * (widths.length - 1)))
                        .append(System.lineSeparator());
            }
        }
        return text.toString();
    }

    private static List<String> safe(List<String> row) {
        return row.stream().map(TerminalText::line).toList();
    }

    /** Which columns hold nothing but numbers. */
    static boolean[] numbers(int columns, List<List<String>> rows) {
        boolean[] numbers = new boolean[columns];
        for (int c = 0; c < columns; c++) {
            int column = c;
            numbers[c] = !rows.isEmpty()
                    && rows.stream().allMatch(row -> row.get(column).matches("-?[0-9.,%]+|-|"));
        }
        return numbers;
    }
}
