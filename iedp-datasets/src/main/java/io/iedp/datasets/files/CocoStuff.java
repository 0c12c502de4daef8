package io.iedp.datasets.files;

import io.iedp.api.UserException;
import io.iedp.api.config.Default;
import io.iedp.api.config.Doc;
import io.iedp.api.config.Range;
import io.iedp.api.data.Dataset;
import io.iedp.api.data.DatasetInfo;
import io.iedp.api.data.Raster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * COCO-Stuff (Caesar et al., 2018): 80 things and 91 kinds of stuff. Of the edition of 164,000 pictures both the
 * published label maps are read and those that mmsegmentation converts; of that of 10,000, only the converted ones,
 * since the published ones are no pictures.
 */
public final class CocoStuff {
    private static final String TRAIN_IDS = "_labelTrainIds.png";
    private static final int CLASSES = 171;

    /** Ids of COCO, counted from 1, that no annotation has. */
    private static final Set<Integer> UNUSED = Set.of(12, 26, 29, 30, 45, 66, 68, 69, 71, 83, 91);

    /** What an experiment file says about the data set {@code coco-stuff}. */
    public record Config(
            @Doc("The folder with images and annotations in it.")
            Path root,

            @Doc("The edition: 164k, or 10k as mmsegmentation converts it.") @Default("164k")
            String edition,

            @Doc("The part to read; val is the test part of the 10k edition.") @Default("train")
            Split split,

            @Doc("Use only the first pictures, in the order of their names.") @Range(min = 1, max = 1e9)
            Optional<Integer> limit) {
        public Config {
            if (!edition.equals("164k") && !edition.equals("10k")) {
                throw new IllegalArgumentException("edition must be 164k or 10k, not '%s'".formatted(edition));
            }
        }

        private boolean large() {
            return edition.equals("164k");
        }

        private String folder() {
            return large()
                    ? split == Split.TRAIN ? "train2017" : "val2017"
                    : split == Split.TRAIN ? "train2014" : "test2014";
        }
    }

    /** The parts that have annotations. */
    public enum Split {
        TRAIN,
        VAL
    }

    private CocoStuff() {}

    /** The published classes. */
    public static DatasetInfo info(Config config) {
        return new DatasetInfo(ClassList.published("coco-stuff"), 0);
    }

    /**
     * Lists the pictures.
     *
     * @throws UserException if the folder has another layout
     */
    public static Dataset open(Config config) {
        Layout.requireFolder(config.root);
        String split = config.folder();
        Path images = Layout.folder(config.root, "pictures", List.of("images/" + split, split));
        Path labels = Layout.folder(
                config.root,
                config.large() ? "label maps" : "label maps that mmsegmentation has converted",
                List.of("annotations/" + split, "stuffthingmaps/" + split, "stuffthingmaps_trainval2017/" + split));
        List<String> names = Entry.first(Layout.pictures(images, ".jpg"), config.limit);
        boolean converted = !config.large() || Files.exists(labels.resolve(names.get(0) + TRAIN_IDS));
        List<Entry> entries = names.stream()
                .map(name -> Entry.labelled(
                        Entry.name(name),
                        images.resolve(name + ".jpg"),
                        labels.resolve(name + (converted ? TRAIN_IDS : ".png"))))
                .toList();
        return new FileDataset(entries, MapFormat.ofLabels(info(config), table(config, converted)));
    }

    private static LabelTable table(Config config, boolean converted) {
        if (!config.large()) {
            return new LabelTable(
                    label -> label == 0 ? Raster.IGNORE : label <= CLASSES ? label - 1 : LabelTable.UNKNOWN,
                    "the train ids of COCO-Stuff 10k are 1 to 171, and 0 for nothing.");
        }
        return converted
                ? new LabelTable(
                        label -> label < CLASSES ? label : LabelTable.UNKNOWN,
                        "the train ids of COCO-Stuff 164k are 0 to 170, and 255 for nothing.")
                : new LabelTable(
                        CocoStuff::ofPublished,
                        "the label maps of COCO-Stuff 164k have the ids of COCO less one, 0 to 181 without the 11 that are not used, and 255 for nothing.");
    }

    /** Published maps hold ids less one. */
    private static int ofPublished(int label) {
        int id = label + 1;
        if (id > 182 || UNUSED.contains(id)) {
            return LabelTable.UNKNOWN;
        }
        return label - (int) UNUSED.stream().filter(unused -> unused < id).count();
    }
}
