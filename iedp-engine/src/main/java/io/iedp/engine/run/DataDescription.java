package io.iedp.engine.run;

import com.google.gson.GsonBuilder;
import io.iedp.api.UserException;
import io.iedp.api.data.ClassInfo;
import io.iedp.api.data.DatasetInfo;
import io.iedp.io.file.TextFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/** What a model must know of its training data, kept with the run so that it can be used without them. */
public record DataDescription(List<Entry> classes, double maxDepth, Size samples) {
    record Entry(String name, String color) {}

    /** Of the samples that a model was trained with, in pixels. */
    public record Size(int width, int height) {}

    /**
     * @param samples the size that the model was trained with
     */
    public static String write(DatasetInfo info, Size samples) {
        List<Entry> classes = info.classes().stream()
                .map(each -> new Entry(each.name(), String.format(Locale.ROOT, "#%06x", each.color())))
                .toList();
        return new GsonBuilder()
                        .setPrettyPrinting()
                        .disableHtmlEscaping()
                        .create()
                        .toJson(new DataDescription(classes, info.maxDepth(), samples))
                + "\n";
    }

    /** The size of the samples; empty for the runs of earlier versions. */
    public static Optional<Size> readSize(Path file) {
        return Optional.ofNullable(parse(file).samples).filter(size -> size.width > 0 && size.height > 0);
    }

    public static DatasetInfo read(Path file) {
        DataDescription data = parse(file);
        try {
            return new DatasetInfo(
                    data.classes.stream()
                            .map(each -> new ClassInfo(each.name, Integer.decode(each.color)))
                            .toList(),
                    data.maxDepth);
        } catch (RuntimeException e) { // what the records refuse
            throw damaged(file, e);
        }
    }

    private static DataDescription parse(Path file) {
        try {
            return Objects.requireNonNull(
                    new GsonBuilder().create().fromJson(TextFiles.read(file), DataDescription.class), "it is empty");
        } catch (RuntimeException e) { // whatever Gson makes of what a record refuses
            throw damaged(file, e);
        }
    }

    private static UserException damaged(Path file, RuntimeException cause) {
        return new UserException(
                "%s, which the run wrote, cannot be read: %s".formatted(file, cause.getMessage()), cause);
    }
}
