package io.iedp.datasets.files;

import io.iedp.api.UserException;
import io.iedp.api.config.Default;
import io.iedp.api.config.Doc;
import io.iedp.api.config.Range;
import io.iedp.api.data.Dataset;
import io.iedp.api.data.DatasetInfo;
import io.iedp.api.data.Raster;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Cityscapes (Cordts et al., 2016) with fine annotations: the 19 classes that are evaluated. */
public final class Cityscapes {
    private static final String IMAGE = "_leftImg8bit";

    /** The ids of the 19 classes, in the order of their train ids. */
    private static final List<Integer> IDS =
            List.of(7, 8, 11, 12, 13, 17, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 31, 32, 33);

    /** What an experiment file says about the data set {@code cityscapes}. */
    public record Config(
            @Doc("The folder with leftImg8bit and gtFine in it.")
            Path root,

            @Doc("The part to read.") @Default("train") Split split,

            @Doc("Which label maps to read: label-ids, as they are published, or label-train-ids, as the scripts of the"
                    + " data set make them; the classes are the same.")
            @Default("label-ids")
            Labels labels,

            @Doc("Use only the first pictures, in the order of their names.") @Range(min = 1, max = 1e9)
            Optional<Integer> limit) {}

    /** The parts that have annotations. */
    public enum Split {
        TRAIN,
        VAL
    }

    /** Kinds of label maps. */
    public enum Labels {
        LABEL_IDS("_gtFine_labelIds.png"),
        LABEL_TRAIN_IDS("_gtFine_labelTrainIds.png");

        private final String ending;

        Labels(String ending) {
            this.ending = ending;
        }
    }

    private Cityscapes() {}

    /** The published classes. */
    public static DatasetInfo info(Config config) {
        return new DatasetInfo(ClassList.published("cityscapes"), 0);
    }

    /**
     * Lists the pictures.
     *
     * @throws UserException if the folder has another layout
     */
    public static Dataset open(Config config) {
        Path root = Layout.root(config.root, "leftImg8bit", "cityscapes");
        String split = config.split.name().toLowerCase(Locale.ROOT);
        Path images = root.resolve("leftImg8bit").resolve(split);
        Path labels = root.resolve("gtFine").resolve(split);
        List<Entry> entries = Entry.first(Layout.pictures(images, IMAGE + ".png"), config.limit).stream()
                .map(name -> Entry.labelled(
                        Entry.name(name),
                        images.resolve(name + IMAGE + ".png"),
                        labels.resolve(name + config.labels.ending)))
                .toList();
        return new FileDataset(
                entries,
                MapFormat.ofLabels(
                        info(config),
                        config.labels == Labels.LABEL_IDS
                                ? new LabelTable(Cityscapes::ofId, "the ids of Cityscapes are 0 to 33.")
                                : new LabelTable(
                                        label -> label < IDS.size() ? label : LabelTable.UNKNOWN,
                                        "the train ids of Cityscapes are 0 to 18, and 255 for nothing.")));
    }

    private static int ofId(int id) {
        int index = IDS.indexOf(id);
        return id > 33 ? LabelTable.UNKNOWN : index < 0 ? Raster.IGNORE : index;
    }
}
