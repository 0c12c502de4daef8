package io.iedp.launcher.run;

import io.iedp.api.UserException;
import io.iedp.engine.PredictedClass;
import io.iedp.engine.TaskPrediction;
import io.iedp.io.text.Csv;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Whether a model of segmentation sees the classes that captions name, as a judge of pictures that were drawn from them.
 * Beside it stands how often it sees those that the caption of another picture names, which it sees by chance.
 */
public final class NamedClasses {
    /** What takes up a smaller share of a picture is not seen. */
    private static final double VISIBLE = 0.002;

    private final Path file;
    private final Map<String, String> captions;

    private record Judged(Set<String> named, Set<String> seen) {}

    private final List<Judged> pictures = new ArrayList<>();

    private NamedClasses(Path file, Map<String, String> captions) {
        this.file = file;
        this.captions = captions;
    }

    /**
     * @param file a table with the columns {@code name} and {@code caption}
     * @throws UserException if it has none
     */
    public static NamedClasses read(Path file) {
        List<List<String>> rows = Csv.read(file);
        List<String> columns = rows.isEmpty() ? List.of() : rows.get(0);
        int name = columns.indexOf("name");
        int caption = columns.indexOf("caption");
        if (name < 0 || caption < 0) {
            throw new UserException("%s needs the columns name and caption, but its first line is %s"
                    .formatted(file, String.join(",", columns)));
        }
        Map<String, String> captions = new LinkedHashMap<>();
        for (List<String> row : rows.subList(1, rows.size())) {
            if (row.size() != columns.size()) {
                throw new UserException("%s: the row of '%s' has %s fields, not %s"
                        .formatted(file, row.get(0), row.size(), columns.size()));
            }
            captions.put(row.get(name), row.get(caption));
        }
        return new NamedClasses(file, captions);
    }

    /**
     * @throws UserException if the picture has no caption
     */
    public void require(Path image) {
        if (!captions.containsKey(PredictionFiles.stem(image))) {
            throw new UserException("%s has no row for '%s'".formatted(file, PredictionFiles.stem(image)));
        }
    }

    /**
     * @throws UserException if the prediction is not one of classes
     */
    public void judge(Path image, TaskPrediction prediction) {
        List<String> classes =
                prediction.classes().stream().map(PredictedClass::name).toList();
        if (classes.isEmpty()) {
            throw new UserException("Only a model that predicts classes can look for those that captions name.");
        }
        judge(image, classes, prediction.values());
    }

    /**
     * @param labels of pixels, as indices of classes
     */
    void judge(Path image, List<String> classes, float... labels) {
        int[] pixels = new int[classes.size()];
        for (float label : labels) {
            pixels[(int) label]++;
        }
        String caption = captions.get(PredictionFiles.stem(image)).toLowerCase(Locale.ROOT);
        Set<String> seen = new HashSet<>();
        Set<String> named = new HashSet<>();
        for (int label = 0; label < pixels.length; label++) {
            String name = classes.get(label);
            if (pixels[label] >= VISIBLE * labels.length) {
                seen.add(name);
            }
            if (names(caption, name.toLowerCase(Locale.ROOT))) {
                named.add(name);
            }
        }
        pictures.add(new Judged(named, seen));
    }

    private static boolean names(String caption, String name) {
        return Pattern.compile("(?<![a-z])" + Pattern.quote(name) + "(?![a-z])")
                .matcher(caption)
                .find();
    }

    /** The share of the named classes that are seen, in words. */
    public String summary() {
        long named = pictures.stream().mapToLong(each -> each.named.size()).sum();
        if (named == 0) {
            return "The captions name no class of the model.";
        }
        return String.format(
                Locale.ROOT,
                "Of %d classes that captions name, the model sees %.1f %%; of those that the captions of other pictures name, %.1f %%.",
                named,
                100.0 * seen(0) / named,
                100.0 * seen(pictures.size() / 2) / named);
    }

    /**
     * How many classes that captions name are seen in other pictures.
     *
     * @param away how many places further
     */
    private long seen(int away) {
        long seen = 0;
        for (int i = 0; i < pictures.size(); i++) {
            Set<String> there = pictures.get((i + away) % pictures.size()).seen;
            seen += pictures.get(i).named.stream().filter(there::contains).count();
        }
        return seen;
    }
}
