package io.iedp.datasets.files;

import io.iedp.api.UserException;
import io.iedp.api.config.Default;
import io.iedp.api.config.Doc;
import io.iedp.api.config.NotEmpty;
import io.iedp.api.config.Range;
import io.iedp.api.data.ClassInfo;
import io.iedp.api.data.Dataset;
import io.iedp.api.data.DatasetInfo;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/** Pictures in a folder and those inside of it, with label or depth maps of the same names in folders beside it. */
public final class Folder {
    static final List<String> PICTURES = List.of(".jpg", ".jpeg", ".png");

    /** What an experiment file says about the data set {@code folder}. */
    public record Config(
            @Doc("The folder of the whole data set.") Path root,

            @Doc("The part to read: a folder inside of images and of annotations, such as training.")
            Optional<String> split,

            @Doc("Folder of the pictures, JPEG or PNG.") @Default("images") @NotEmpty
            String images,

            @Doc("Folder of the label maps, 8-bit PNG; \"\" when there are none.") @Default("annotations")
            String labels,

            @Doc("What a label map's name has after the picture's name.") @Default(".png") @NotEmpty
            String labelEnding,

            @Doc("Folder of the depth maps, 16-bit PNG; \"\" when there are none.") @Default("''")
            String depth,

            @Doc(DatasetDocs.DEPTH_UNIT) @Default("0.001") @Range(min = 1e-9, max = 1e6)
            double depthUnit,

            @Doc(DatasetDocs.MAX_DEPTH) @Default("10") @Range(min = 1e-6, max = 1e6)
            double maxDepth,

            @Doc("Names of the classes, in the order of their labels; without them, classes.txt in the root is read: a "
                    + "name a line, and perhaps a colour, as in 'wall, #9a9a8e'.")
            @Default("[]")
            List<String> classNames,

            @Doc(DatasetDocs.REDUCE_ZERO_LABEL) @Default("false")
            boolean reduceZeroLabel,

            @Doc(DatasetDocs.IGNORE) @Default("[]") @Range(min = 0, max = 255)
            List<Integer> ignore,

            @Doc("Use only the first pictures, in the order of their names.") @Range(min = 1, max = 1e9)
            Optional<Integer> limit) {}

    private Folder() {}

    /**
     * Lists the pictures and the maps that each should have; none is read yet.
     *
     * @throws UserException if a folder is missing, or the classes are not known
     */
    public static Dataset open(Config config) {
        Layout.requireFolder(config.root);
        Map<String, Path> pictures = pictures(config);
        List<String> images = Entry.first(List.copyOf(pictures.keySet()), config.limit);
        Maps labels = Maps.in(folder(config, config.labels), config.labels, config.labelEnding, "label maps");
        Maps depths = Maps.in(folder(config, config.depth), config.depth, ".png", "depth maps");
        Map<String, Map<String, String>> texts = Captions.read(config.root.resolve("captions.csv"));
        String part = config.split.map(split -> split + "/").orElse("");
        List<Entry> entries = images.stream()
                .map(name -> new Entry(
                        Entry.name(name),
                        pictures.get(name),
                        labels.of(name),
                        depths.of(name),
                        texts.getOrDefault(part + name, Map.of())))
                .toList();
        return new FileDataset(
                entries,
                MapFormat.inOrder(
                        classes(config), config.reduceZeroLabel, config.ignore, config.depthUnit, maxDepth(config)));
    }

    /** Known without the folder if the classes are in the configuration, or there are none. */
    public static Optional<DatasetInfo> info(Config config) {
        return config.labels.isEmpty() || !config.classNames.isEmpty()
                ? Optional.of(new DatasetInfo(classes(config), maxDepth(config)))
                : Optional.empty();
    }

    private static List<ClassInfo> classes(Config config) {
        return config.labels.isEmpty()
                ? List.of()
                : ClassList.of(config.classNames, config.root.resolve("classes.txt"), config.reduceZeroLabel);
    }

    private static double maxDepth(Config config) {
        return config.depth.isEmpty() ? 0 : config.maxDepth;
    }

    private static Path folder(Config config, String part) {
        Path folder = config.root.resolve(part);
        return config.split.map(folder::resolve).orElse(folder);
    }

    private static SortedMap<String, Path> pictures(Config config) {
        Path folder = folder(config, config.images);
        SortedMap<String, Path> pictures =
                FileTree.list(folder, PICTURES, "pictures; set root, images and split to where they are");
        if (pictures.isEmpty()) {
            throw new UserException("There is no .jpg, .jpeg or .png picture in %s".formatted(folder));
        }
        return pictures;
    }

    /** The maps of one kind, which pictures have or not. */
    private record Maps(Path folder, String ending, Optional<Map<String, Path>> files) {
        static Maps in(Path folder, String part, String ending, String what) {
            return new Maps(
                    folder,
                    ending,
                    part.isEmpty() ? Optional.empty() : Optional.of(FileTree.list(folder, List.of(ending), what)));
        }

        /** The map of a picture; where it should be, if it is not there. */
        Optional<Path> of(String name) {
            return files.map(all -> all.getOrDefault(name, folder.resolve(name + ending)));
        }
    }
}
