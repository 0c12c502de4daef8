package io.iedp.datasets.files;

import io.iedp.api.UserException;
import io.iedp.api.config.Default;
import io.iedp.api.config.Doc;
import io.iedp.api.config.Range;
import io.iedp.api.data.Dataset;
import io.iedp.api.data.DatasetInfo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * PASCAL VOC 2012 (Everingham et al., 2010): 20 classes and the background; what borders on objects does not count.
 * {@code trainaug} adds the annotations of SBD (Hariharan et al., 2011), which are in {@code SegmentationClassAug}.
 */
public final class PascalVoc {
    /** What an experiment file says about the data set {@code pascal-voc}. */
    public record Config(
            @Doc("The folder VOC2012, or VOCdevkit around it, or the one around that.")
            Path root,

            @Doc("The part to read; trainaug needs the folder SegmentationClassAug.") @Default("train")
            Split split,

            @Doc("Use only the first pictures, in the order of the list.") @Range(min = 1, max = 1e9)
            Optional<Integer> limit) {}

    /** Parts that have annotations. */
    public enum Split {
        TRAIN,
        VAL,
        TRAINVAL,
        TRAINAUG
    }

    private PascalVoc() {}

    /** The published classes. */
    public static DatasetInfo info(Config config) {
        return new DatasetInfo(ClassList.published("pascal-voc"), 0);
    }

    /**
     * Lists the pictures.
     *
     * @throws UserException if the folder has another layout
     */
    public static Dataset open(Config config) {
        Path root = Layout.root(config.root, "JPEGImages", "VOC2012", "VOCdevkit/VOC2012");
        List<Entry> entries = config.split == Split.TRAINAUG
                ? augmented(root)
                : entries(root, config.split.name().toLowerCase(Locale.ROOT), "SegmentationClass");
        return new FileDataset(
                Entry.first(entries, config.limit),
                MapFormat.ofLabels(
                        info(config),
                        new LabelTable(
                                label -> label <= 20 ? label : LabelTable.UNKNOWN,
                                "PASCAL VOC has 0 for the background, classes 1 to 20, and 255 for borders.")));
    }

    /** One list of all, or that of what SBD adds to the training part. */
    private static List<Entry> augmented(Path root) {
        if (!Files.isDirectory(root.resolve("SegmentationClassAug"))) {
            throw new UserException(
                    "There is no folder SegmentationClassAug in %s, which the split trainaug needs. Make it from SBD, as mmsegmentation's voc_aug does, or set split: train."
                            .formatted(root));
        }
        if (Files.isRegularFile(list(root, "trainaug"))) {
            return entries(root, "trainaug", "SegmentationClassAug");
        }
        List<Entry> entries = new ArrayList<>(entries(root, "train", "SegmentationClass"));
        entries.addAll(entries(root, "aug", "SegmentationClassAug"));
        return entries;
    }

    private static List<Entry> entries(Path root, String split, String labels) {
        return Layout.names(list(root, split)).stream()
                .map(name -> Entry.labelled(
                        Entry.name(name),
                        root.resolve("JPEGImages").resolve(name + ".jpg"),
                        root.resolve(labels).resolve(name + ".png")))
                .toList();
    }

    private static Path list(Path root, String split) {
        return root.resolve("ImageSets").resolve("Segmentation").resolve(split + ".txt");
    }
}
