package io.iedp.datasets.files;

import io.iedp.api.UserException;
import io.iedp.api.config.Default;
import io.iedp.api.config.Doc;
import io.iedp.api.config.Range;
import io.iedp.api.data.Dataset;
import io.iedp.api.data.DatasetInfo;
import io.iedp.api.data.Raster;
import io.iedp.api.data.Sample;
import io.iedp.io.file.TextFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * ADE20K in the form of the scene parsing benchmark (Zhou et al., 2017): 150 classes, with 0 for nothing. Where {@code
 * sceneCategories.txt} is there, samples know their scene.
 */
public final class Ade20k {
    /** What an experiment file says about the data set {@code ade20k}. */
    public record Config(
            @Doc("The folder ADEChallengeData2016, or the one around it.")
            Path root,

            @Doc("The part to read.") @Default("training") Split split,

            @Doc("Use only the first pictures, in the order of their names.") @Range(min = 1, max = 1e9)
            Optional<Integer> limit) {}

    /** The parts that have annotations. */
    public enum Split {
        TRAINING,
        VALIDATION
    }

    private Ade20k() {}

    /** The published classes. */
    public static DatasetInfo info(Config config) {
        return new DatasetInfo(ClassList.published("ade20k"), 0);
    }

    /**
     * Lists the pictures.
     *
     * @throws UserException if the folder has another layout
     */
    public static Dataset open(Config config) {
        Path root = Layout.root(config.root, "annotations", "ADEChallengeData2016");
        String split = config.split.name().toLowerCase(Locale.ROOT);
        Path images = root.resolve("images").resolve(split);
        Path labels = root.resolve("annotations").resolve(split);
        Map<String, String> scenes = scenes(root.resolve("sceneCategories.txt"));
        List<Entry> entries = Entry.first(Layout.pictures(images, ".jpg"), config.limit).stream()
                .map(name -> new Entry(
                        Entry.name(name),
                        images.resolve(name + ".jpg"),
                        Optional.of(labels.resolve(name + ".png")),
                        Optional.empty(),
                        scenes.containsKey(name) ? Map.of(Sample.SCENE, scenes.get(name)) : Map.of()))
                .toList();
        return new FileDataset(
                entries,
                MapFormat.ofLabels(
                        info(config),
                        new LabelTable(
                                label -> label == 0 ? Raster.IGNORE : label <= 150 ? label - 1 : LabelTable.UNKNOWN,
                                "the scene parsing benchmark of ADE20K has 0 for nothing and classes 1 to 150. Labels of another kind are read by the data set folder.")));
    }

    /** Lines of a picture's name and its scene, as in {@code ADE_train_00000001 airport_terminal}. */
    private static Map<String, String> scenes(Path file) {
        Map<String, String> scenes = new HashMap<>();
        if (Files.isRegularFile(file)) {
            for (String line : TextFiles.lines(file)) {
                String[] parts = line.split("\\s+");
                if (parts.length != 2) {
                    throw new UserException("%s: '%s' is not a name and a scene".formatted(file, line));
                }
                scenes.put(parts[0], parts[1].replace('_', ' '));
            }
        }
        return scenes;
    }
}
