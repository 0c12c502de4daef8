package io.iedp.datasets.files;

import io.iedp.api.UserException;
import io.iedp.api.config.Default;
import io.iedp.api.config.Doc;
import io.iedp.api.config.Range;
import io.iedp.api.data.ClassInfo;
import io.iedp.api.data.Dataset;
import io.iedp.api.data.DatasetInfo;
import io.iedp.api.data.Raster;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * PASCAL Context (Mottaghi et al., 2014): pictures of VOC 2010 with 59 classes, as mmsegmentation converts it, with or
 * without the background as a class.
 */
public final class PascalContext {
    private static final int CLASSES = 59;

    /** What an experiment file says about the data set {@code pascal-context}. */
    public record Config(
            @Doc("The folder VOC2010, or VOCdevkit around it, or the one around that.")
            Path root,

            @Doc("The part to read.") @Default("train") Split split,

            @Doc("Whether the background is a class, the first of 60; otherwise it does not count.") @Default("false")
            boolean background,

            @Doc("Use only the first pictures, in the order of the list.") @Range(min = 1, max = 1e9)
            Optional<Integer> limit) {}

    /** The parts. */
    public enum Split {
        TRAIN,
        VAL
    }

    private PascalContext() {}

    /** The published classes. */
    public static DatasetInfo info(Config config) {
        List<ClassInfo> classes = new ArrayList<>();
        if (config.background) {
            classes.add(new ClassInfo("background", 0));
        }
        classes.addAll(ClassList.published("pascal-context"));
        return new DatasetInfo(classes, 0);
    }

    /**
     * Lists the pictures.
     *
     * @throws UserException if the folder has another layout
     */
    public static Dataset open(Config config) {
        Path root = Layout.root(config.root, "SegmentationClassContext", "VOC2010", "VOCdevkit/VOC2010");
        String split = config.split.name().toLowerCase(Locale.ROOT);
        Path list = root.resolve("ImageSets").resolve("SegmentationContext").resolve(split + ".txt");
        List<Entry> entries = Entry.first(Layout.names(list), config.limit).stream()
                .map(name -> Entry.labelled(
                        Entry.name(name),
                        root.resolve("JPEGImages").resolve(name + ".jpg"),
                        root.resolve("SegmentationClassContext").resolve(name + ".png")))
                .toList();
        int first = config.background ? 0 : 1;
        return new FileDataset(
                entries,
                MapFormat.ofLabels(
                        info(config),
                        new LabelTable(
                                label -> label > CLASSES
                                        ? LabelTable.UNKNOWN
                                        : label < first ? Raster.IGNORE : label - first,
                                "PASCAL Context has 0 for the background and classes 1 to 59.")));
    }
}
