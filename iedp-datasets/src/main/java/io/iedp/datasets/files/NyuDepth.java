package io.iedp.datasets.files;

import io.iedp.api.UserException;
import io.iedp.api.config.Default;
import io.iedp.api.config.Doc;
import io.iedp.api.config.Range;
import io.iedp.api.data.Dataset;
import io.iedp.api.data.DatasetInfo;
import io.iedp.api.data.Sample;
import io.iedp.datasets.transform.Window;
import io.iedp.io.dataset.NyuScenes;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * NYU Depth v2 (Silberman et al., 2012) as BTS (Lee et al., 2019) and VPD (Zhao et al., 2023) lay it out: {@code sync}
 * for training, {@code official_splits/test} to measure on, 16-bit depth maps in millimetres. Samples know their
 * scene, which is found in their path.
 */
public final class NyuDepth {
    private static final double MILLIMETRE = 0.001;

    /** The part of the picture that is not white border, as BTS cuts it. */
    private static final Window INNER = new Window(43, 45, 565, 427);

    /** What an experiment file says about the data set {@code nyu-depth}. */
    public record Config(
            @Doc("The folder with sync and official_splits in it, or the one around it.")
            Path root,

            @Doc("The part to read.") @Default("train") Split split,

            @Doc("The list of pictures and depth maps; without it, one of the usual names is looked for in the root:"
                    + " train_list.txt or nyudepthv2_train_files_with_gt.txt, and the same with test.")
            Optional<Path> list,

            @Doc("How a scene is found among 27 names: first-match as in VPD, which takes study_room for a study and"
                    + " office_kitchen for a kitchen, or longest-match.")
            @Default("first-match")
            Scenes scenes,

            @Doc("Whether to cut the white border off, as BTS does in training: 565 x 427 pixels remain.")
            @Default("false")
            boolean cutBorder,

            @Doc("Largest depth that counts, in metres.") @Default("10") @Range(min = 1e-6, max = 1e6)
            double maxDepth,

            @Doc("Use only the first pictures, in the order of the list.") @Range(min = 1, max = 1e9)
            Optional<Integer> limit) {}

    /** The parts. */
    public enum Split {
        TRAIN("sync", "train"),
        TEST("official_splits/test", "test");

        private final String folder;
        private final String word;

        Split(String folder, String word) {
            this.folder = folder;
            this.word = word;
        }
    }

    /** How scenes are found. */
    public enum Scenes {
        FIRST_MATCH,
        LONGEST_MATCH
    }

    private NyuDepth() {}

    /** No classes, and depth up to the configured limit. */
    public static DatasetInfo info(Config config) {
        return new DatasetInfo(List.of(), config.maxDepth);
    }

    /**
     * Reads the list.
     *
     * @throws UserException if the folder has another layout, or there is no list
     */
    public static Dataset open(Config config) {
        Path root = Layout.root(config.root, config.split.folder, "nyu_depth_v2", "nyu");
        Path list = config.list.orElseGet(() -> Layout.file(
                root,
                "list of pictures and depth maps; set 'list' to where it is",
                List.of(
                        config.split.word + "_list.txt",
                        "nyudepthv2_%s_files_with_gt.txt".formatted(config.split.word),
                        "nyu_%s.txt".formatted(config.split.word))));
        List<Path> folders = List.of(root.resolve(config.split.folder), root);
        List<Entry> entries = Entry.first(DepthList.read(list), config.limit).stream()
                .map(pair -> new Entry(
                        Entry.name(DepthList.withoutEnding(pair.image())),
                        Layout.find(folders, pair.image()),
                        Optional.empty(),
                        Optional.of(Layout.find(folders, pair.depth())),
                        scene(pair.image(), config.scenes)
                                .map(scene -> Map.of(Sample.SCENE, scene))
                                .orElse(Map.of())))
                .toList();
        UnaryOperator<Sample> cut =
                config.cutBorder ? sample -> FileDataset.cut(sample, INNER, "cut-border") : UnaryOperator.identity();
        return new FileDataset(entries, MapFormat.ofDepth(MILLIMETRE, info(config)), cut);
    }

    /** The scene whose name the last folder and the file name have in them, in words. */
    static Optional<String> scene(String path, Scenes how) {
        Path file = Path.of(path);
        String end = file.getParent() == null ? path : file.getParent().getFileName() + "_" + file.getFileName();
        Stream<String> found = NyuScenes.NAMES.stream().filter(end::contains);
        Optional<String> scene =
                how == Scenes.FIRST_MATCH ? found.findFirst() : found.max(Comparator.comparing(String::length));
        return scene.map(name -> name.replace('_', ' '));
    }
}
