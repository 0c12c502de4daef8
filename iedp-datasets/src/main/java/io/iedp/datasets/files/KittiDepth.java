package io.iedp.datasets.files;

import io.iedp.api.UserException;
import io.iedp.api.config.Default;
import io.iedp.api.config.Doc;
import io.iedp.api.config.Range;
import io.iedp.api.data.Dataset;
import io.iedp.api.data.DatasetInfo;
import io.iedp.api.data.Sample;
import io.iedp.datasets.transform.Window;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * KITTI (Geiger et al., 2013) in the split of Eigen et al. (2014), with the annotated depth of Uhrig et al. (2017):
 * 16-bit depth maps of 1/256 metre, 0 where there is no reading.
 */
public final class KittiDepth {
    private static final double UNIT = 1 / 256.0;
    private static final int WIDTH = 1216;
    private static final int HEIGHT = 352;

    /** What an experiment file says about the data set {@code kitti-depth}. */
    public record Config(
            @Doc("The folder with the raw data and data_depth_annotated in it.")
            Path root,

            @Doc("The part to read.") @Default("train") Split split,

            @Doc("The list of pictures and depth maps; without it, one of the usual names is looked for in the root:"
                    + " train_list.txt or eigen_train_files_with_gt.txt, and the same with test.")
            Optional<Path> list,

            @Doc("Whether to cut the middle 1216 columns and the lowest 352 rows out of every picture.")
            @Default("true")
            boolean kbCrop,

            @Doc("Largest depth that counts, in metres.") @Default("80") @Range(min = 1e-6, max = 1e6)
            double maxDepth,

            @Doc("Use only the first pictures, in the order of the list.") @Range(min = 1, max = 1e9)
            Optional<Integer> limit) {}

    /** The parts. */
    public enum Split {
        TRAIN("train"),
        TEST("test");

        private final String word;

        Split(String word) {
            this.word = word;
        }
    }

    private KittiDepth() {}

    /** No classes, and depth up to the configured limit. */
    public static DatasetInfo info(Config config) {
        return new DatasetInfo(List.of(), config.maxDepth);
    }

    /**
     * Reads the list. Pictures that it gives no depth map for are left out.
     *
     * @throws UserException if there is no such folder or no list
     */
    public static Dataset open(Config config) {
        Layout.requireFolder(config.root);
        Path list = config.list.orElseGet(() -> Layout.file(
                config.root,
                "list of pictures and depth maps; set 'list' to where it is",
                List.of(
                        config.split.word + "_list.txt",
                        "eigen_%s_files_with_gt.txt".formatted(config.split.word),
                        "kitti_eigen_%s.txt".formatted(config.split.word))));
        List<Path> images = folders(config.root, "raw_data", "raw", "");
        List<Path> depths = folders(
                config.root,
                "data_depth_annotated/train",
                "data_depth_annotated/val",
                "data_depth_annotated",
                "gts",
                "gt_depth",
                "");
        List<Entry> entries = Entry.first(DepthList.read(list), config.limit).stream()
                .map(pair -> new Entry(
                        Entry.name(DepthList.withoutEnding(pair.image()).replaceFirst("^raw(_data)?/", "")),
                        Layout.find(images, pair.image()),
                        Optional.empty(),
                        Optional.of(Layout.find(depths, pair.depth())),
                        Map.of()))
                .toList();
        UnaryOperator<Sample> cut = config.kbCrop ? KittiDepth::kbCrop : UnaryOperator.identity();
        return new FileDataset(entries, MapFormat.ofDepth(UNIT, info(config)), cut);
    }

    /** Those folders that are there; the root always is. */
    private static List<Path> folders(Path root, String... names) {
        return Stream.of(names).map(root::resolve).filter(Files::isDirectory).toList();
    }

    private static Sample kbCrop(Sample sample) {
        int left = Math.floorDiv(sample.image().width() - WIDTH, 2);
        return FileDataset.cut(sample, new Window(left, sample.image().height() - HEIGHT, WIDTH, HEIGHT), "kb-crop");
    }
}
