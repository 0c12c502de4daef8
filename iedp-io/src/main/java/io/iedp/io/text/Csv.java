package io.iedp.io.text;

import io.iedp.api.UserException;
import io.iedp.io.file.TextFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Tables as text (RFC 4180), written with lines that end in a line feed. */
public final class Csv {
    private static final CSVFormat FORMAT =
            CSVFormat.RFC4180.builder().setIgnoreEmptyLines(true).build();

    private Csv() {}

    /**
     * The rows, without blank lines.
     *
     * @throws UserException if the file cannot be read or is no table
     */
    public static List<List<String>> read(Path file) {
        return parse(TextFiles.read(file), file.toString());
    }

    /**
     * {@link #read} from a text.
     *
     * @param origin where it is from, for messages
     */
    public static List<List<String>> parse(String text, String origin) {
        try (CSVParser rows = CSVParser.parse(text, FORMAT)) {
            return rows.stream().map(CSVRecord::toList).toList();
        } catch (UncheckedIOException e) {
            throw damaged(origin, e.getCause());
        } catch (IOException | IllegalStateException e) {
            throw damaged(origin, e);
        }
    }

    private static UserException damaged(String origin, Exception cause) {
        return new UserException("%s is no table: %s".formatted(origin, cause.getMessage()), cause);
    }

    public static String text(List<List<String>> rows) {
        return rows.stream().map(Csv::line).collect(Collectors.joining());
    }

    /** A row with its line feed; only fields that cannot do without quotes have them. */
    public static String line(List<String> row) {
        return row.stream().map(Csv::field).collect(Collectors.joining(",", "", "\n"));
    }

    private static String field(String field) {
        return field.matches("(?s).*[\",\r\n].*") ? '"' + field.replace("\"", "\"\"") + '"' : field;
    }
}
