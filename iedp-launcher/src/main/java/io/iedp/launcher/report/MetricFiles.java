package io.iedp.launcher.report;

import io.iedp.api.task.MetricTable;
import io.iedp.io.file.AtomicFiles;
import io.iedp.io.text.Csv;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Tables of measurements as files for other programs. */
public final class MetricFiles {
    private MetricFiles() {}

    /** Writes a table as a CSV file that has its title as its name. */
    public static void write(Path folder, MetricTable table) throws IOException {
        List<List<String>> rows = new ArrayList<>();
        rows.add(table.columns());
        rows.addAll(table.rows());
        AtomicFiles.write(folder.resolve(name(table.title()) + ".csv"), Csv.text(rows));
    }

    private static String name(String title) {
        return title.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", "-");
    }
}
