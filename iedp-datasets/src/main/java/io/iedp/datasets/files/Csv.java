package io.iedp.datasets.files;

import io.iedp.api.UserException;
import io.iedp.io.file.TextFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Tables as text (RFC 4180). */
final class Csv {
    private static final CSVFormat FORMAT =
            CSVFormat.RFC4180.builder().setIgnoreEmptyLines(true).build();

    private Csv() {}

    /** The rows, without blank lines. */
    static List<List<String>> read(Path file) {
        try (CSVParser rows = CSVParser.parse(TextFiles.read(file), FORMAT)) {
            return rows.stream().map(CSVRecord::toList).toList();
        } catch (UncheckedIOException e) {
            throw damaged(file, e.getCause());
        } catch (IOException | IllegalStateException e) {
            throw damaged(file, e);
        }
    }

    private static UserException damaged(Path file, Exception cause) {
        return new UserException("%s is no table: %s".formatted(file, cause.getMessage()), cause);
    }
}
