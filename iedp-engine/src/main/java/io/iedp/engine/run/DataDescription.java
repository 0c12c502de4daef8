package io.iedp.engine.run;

import com.google.gson.GsonBuilder;
import io.iedp.api.UserException;
import io.iedp.api.data.ClassInfo;
import io.iedp.api.data.DatasetInfo;
import io.iedp.io.file.TextFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** What a model must know of its training data, kept with the run so that it can be used without them. */
public record DataDescription(List<Entry> classes, double maxDepth) {
    record Entry(String name, String color) {}

    public static String write(DatasetInfo info) {
        List<Entry> classes = info.classes().stream()
                .map(each -> new Entry(each.name(), String.format(Locale.ROOT, "#%06x", each.color())))
                .toList();
        return new GsonBuilder()
                        .setPrettyPrinting()
                        .disableHtmlEscaping()
                        .create()
                        .toJson(new DataDescription(classes, info.maxDepth()))
                + "\n";
    }

    public static DatasetInfo read(Path file) {
        try {
            DataDescription data = new GsonBuilder().create().fromJson(TextFiles.read(file), DataDescription.class);
            return new DatasetInfo(
                    data.classes.stream()
                            .map(each -> new ClassInfo(each.name, Integer.decode(each.color)))
                            .toList(),
                    data.maxDepth);
        } catch (RuntimeException e) { // whatever Gson makes of what a record refuses
            throw new UserException("%s, which the run wrote, cannot be read: %s".formatted(file, e.getMessage()), e);
        }
    }
}
