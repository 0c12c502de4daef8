package io.iedp.datasets.files;

import io.iedp.api.UserException;
import io.iedp.api.config.Default;
import io.iedp.api.config.Doc;
import io.iedp.api.config.Range;
import io.iedp.api.data.ClassInfo;
import io.iedp.api.data.Dataset;
import io.iedp.api.data.Sample;
import io.iedp.io.text.Csv;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Samples in a table (RFC 4180), one a row, whose first line names its columns. */
public final class CsvTable {
    private static final String IMAGE = "image";
    private static final List<String> TEXTS = List.of(Sample.CAPTION, Sample.SCENE);
    private static final List<String> COLUMNS =
            List.of(IMAGE, Sample.LABELS, Sample.DEPTH, Sample.CAPTION, Sample.SCENE);

    /** What an experiment file says about the data set {@code csv}. */
    public record Config(
            @Doc("The table: UTF-8, with the columns image, and any of labels, depth, caption and scene; files are"
                    + " named as seen from the folder that it is in, and an empty field is no file.")
            Path file,

            @Doc(DatasetDocs.DEPTH_UNIT) @Default("0.001") @Range(min = 1e-9, max = 1e6)
            double depthUnit,

            @Doc(DatasetDocs.MAX_DEPTH) @Default("10") @Range(min = 1e-6, max = 1e6)
            double maxDepth,

            @Doc("Names of the classes, in the order of their labels; without them, classes.txt beside the table is"
                    + " read: a name a line, and perhaps a colour, as in 'wall, #9a9a8e'.")
            @Default("[]")
            List<String> classNames,

            @Doc(DatasetDocs.REDUCE_ZERO_LABEL) @Default("false")
            boolean reduceZeroLabel,

            @Doc(DatasetDocs.IGNORE) @Default("[]") @Range(min = 0, max = 255)
            List<Integer> ignore,

            @Doc("Use only the first rows.") @Range(min = 1, max = 1e9)
            Optional<Integer> limit) {}

    private CsvTable() {}

    /**
     * Reads the table.
     *
     * @throws UserException if it is damaged, or has other columns
     */
    public static Dataset open(Config config) {
        List<List<String>> rows = Csv.read(config.file);
        List<String> columns = rows.isEmpty() ? List.of() : rows.get(0);
        if (!columns.contains(IMAGE)
                || !COLUMNS.containsAll(columns)
                || new HashSet<>(columns).size() < columns.size()) {
            throw new UserException("%s: the first line must name the columns: image, and any of %s; but it has %s"
                    .formatted(
                            config.file,
                            String.join(", ", COLUMNS.subList(1, COLUMNS.size())),
                            String.join(", ", columns)));
        }
        List<Entry> entries = entries(config, columns, rows);
        if (entries.isEmpty()) {
            throw new UserException("%s has no row".formatted(config.file));
        }
        List<ClassInfo> classes = columns.contains(Sample.LABELS)
                ? ClassList.of(config.classNames, config.file.resolveSibling("classes.txt"), config.reduceZeroLabel)
                : List.of();
        return new FileDataset(
                Entry.first(entries, config.limit),
                MapFormat.inOrder(
                        classes,
                        config.reduceZeroLabel,
                        config.ignore,
                        config.depthUnit,
                        columns.contains(Sample.DEPTH) ? config.maxDepth : 0));
    }

    private static List<Entry> entries(Config config, List<String> columns, List<List<String>> rows) {
        List<Entry> entries = new ArrayList<>();
        Map<String, Integer> pictures = new HashMap<>();
        for (int number = 1; number < rows.size(); number++) {
            List<String> row = rows.get(number);
            if (row.size() != columns.size()) {
                throw new UserException("%s: row %s has %s fields, but there are %s columns"
                        .formatted(config.file, number, row.size(), columns.size()));
            }
            Map<String, String> fields = new HashMap<>();
            for (int column = 0; column < row.size(); column++) {
                if (!row.get(column).isEmpty()) {
                    fields.put(columns.get(column), row.get(column));
                }
            }
            if (!fields.containsKey(IMAGE)) {
                throw new UserException("%s: row %s has no image".formatted(config.file, number));
            }
            Integer earlier = pictures.putIfAbsent(fields.get(IMAGE), number);
            if (earlier != null) {
                throw new UserException("%s: rows %s and %s name the same picture, %s. Take one of them out."
                        .formatted(config.file, earlier, number, fields.get(IMAGE)));
            }
            Map<String, String> texts = new HashMap<>(fields);
            texts.keySet().retainAll(TEXTS);
            String where = "%s: row %s".formatted(config.file, number);
            Function<String, Path> beside = name -> FileNames.beside(config.file, name, where);
            entries.add(new Entry(
                    Entry.name(DepthList.withoutEnding(fields.get(IMAGE).replaceFirst("^[./]+", ""))),
                    beside.apply(fields.get(IMAGE)),
                    Optional.ofNullable(fields.get(Sample.LABELS)).map(beside),
                    Optional.ofNullable(fields.get(Sample.DEPTH)).map(beside),
                    texts));
        }
        return entries;
    }
}
