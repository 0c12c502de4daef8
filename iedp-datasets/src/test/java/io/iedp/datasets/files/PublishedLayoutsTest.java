package io.iedp.datasets.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.iedp.api.UserException;
import io.iedp.api.data.Dataset;
import io.iedp.api.data.Raster;
import io.iedp.api.data.Sample;
import io.iedp.datasets.Layouts;
import io.iedp.io.image.ImageFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Layouts of published data sets: what they hold, and what is said when something is wrong with them. */
class PublishedLayoutsTest {
    @TempDir
    Path root;

    private static List<String> names(Dataset dataset) {
        return IntStream.range(0, dataset.size())
                .mapToObj(i -> dataset.get(i).name())
                .toList();
    }

    /** The values of a target in the quarters of the picture. */
    private static List<Float> quarters(Dataset dataset, int index, String target) {
        Raster raster = dataset.get(index).target(target);
        List<Float> values = new ArrayList<>();
        for (int q = 0; q < 4; q++) {
            values.add(raster.at((q % 2) * raster.width() / 2, q / 2 * raster.height() / 2));
        }
        float[] expected = Layouts.quarters(
                raster.width(), raster.height(), q -> values.get(q).intValue());
        assertThat(raster.values()).isEqualTo(expected);
        return values;
    }

    private static List<Float> labels(Dataset dataset, int index) {
        return quarters(dataset, index, Sample.LABELS);
    }

    private static void assertFails(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(UserException.class).hasMessage(message);
    }

    private static Dataset ade(Path root, Ade20k.Split split) {
        return Ade20k.open(new Ade20k.Config(root, split, Optional.empty()));
    }

    @Test
    void ade20k() {
        Layouts.ade20k(root);
        Dataset train = ade(root, Ade20k.Split.TRAINING);
        Dataset val = ade(root.resolve("ADEChallengeData2016"), Ade20k.Split.VALIDATION);

        assertThat(names(train)).containsExactly("ADE_train_00000001", "ADE_train_00000002");
        assertThat(names(val)).containsExactly("ADE_val_00000001", "ADE_val_00000002");
        assertThat(train.problems()).isEmpty();
        assertThat(labels(train, 0)).containsExactly(255f, 0f, 1f, 149f);
        assertThat(train.get(0).texts()).isEqualTo(Map.of(Sample.SCENE, "airport terminal"));
        assertThat(train.get(1).texts()).isEmpty();
        assertThat(train.info().classNames())
                .hasSize(150)
                .startsWith("wall", "building")
                .endsWith("clock", "flag");
        assertThat(train.info().classes().get(0).color()).isEqualTo(0x787878);
        assertThat(train.info().maxDepth()).isZero();
        assertThat(Ade20k.open(new Ade20k.Config(root, Ade20k.Split.TRAINING, Optional.of(1)))
                        .size())
                .isEqualTo(1);
    }

    @Test
    void whatIsWrongWithAFileIsSaid() throws IOException {
        Layouts.ade20k(root);
        Path data = root.resolve("ADEChallengeData2016");
        Path map = data.resolve("annotations/training/ADE_train_00000001.png");
        Path other = data.resolve("annotations/training/ADE_train_00000002.png");
        ImageFiles.writeLabels(Raster.labels(1, 1, new float[] {151}), map);
        ImageFiles.writePng(Layouts.picture(1, 1, 0), data.resolve("images/training/ADE_train_00000001.jpg"));
        Files.delete(other);
        Files.writeString(data.resolve("sceneCategories.txt"), "ADE_train_00000001 airport terminal\n");
        assertFails(
                () -> ade(root, Ade20k.Split.TRAINING),
                data.resolve("sceneCategories.txt")
                        + ": 'ADE_train_00000001 airport terminal' is not a name and a scene");
        Files.delete(data.resolve("sceneCategories.txt"));
        Dataset dataset = ade(root, Ade20k.Split.TRAINING);

        assertThat(dataset.problems()).containsExactly("There is no label map " + other);
        assertFails(() -> dataset.get(1), "There is no file " + other);
        assertFails(
                () -> dataset.get(0),
                map + ": the pixel at (0, 0) has label 151, but the scene parsing benchmark of ADE20K has 0 for nothing"
                        + " and classes 1 to 150. Labels of another kind are read by the data set folder.");
        ImageFiles.writeDepth(Raster.depth(1, 1, new float[1]), 1, map);
        assertFails(
                () -> dataset.get(0), map + " has 16 bits a pixel. A label map must have 8, for labels from 0 to 255.");
        ImageFiles.writeLabels(Raster.labels(2, 1, new float[2]), map);
        assertThatThrownBy(() -> dataset.get(0)).hasMessageContaining("is 2 x 1, but its picture");
    }

    @Test
    void otherFoldersAreRefused() throws IOException {
        assertFails(
                () -> ade(root, Ade20k.Split.TRAINING),
                root + " has no folder 'annotations' in it, nor in ADEChallengeData2016;"
                        + " root must be the folder of the data set as it is published");
        Path nowhere = root.resolve("nowhere");
        assertFails(
                () -> ade(nowhere, Ade20k.Split.TRAINING),
                "There is no folder %s (root of the data set)".formatted(nowhere));
        Files.createDirectories(root.resolve("annotations"));
        Files.createDirectories(root.resolve("images/training"));
        assertFails(
                () -> ade(root, Ade20k.Split.TRAINING),
                "There is no .jpg picture in " + root.resolve("images/training"));
        assertFails(
                () -> ade(root, Ade20k.Split.VALIDATION),
                "There is no folder %s of pictures".formatted(root.resolve("images/validation")));
    }

    @Test
    void cityscapes() {
        Layouts.cityscapes(root);
        for (Cityscapes.Labels kind : Cityscapes.Labels.values()) {
            Dataset dataset =
                    Cityscapes.open(new Cityscapes.Config(root, Cityscapes.Split.VAL, kind, Optional.empty()));

            assertThat(names(dataset)).containsExactly("aachen_aachen_000000_000019", "bonn_bonn_000001_000019");
            assertThat(labels(dataset, 0)).containsExactly(255f, 0f, 18f, 13f);
            assertThat(dataset.info().classNames())
                    .hasSize(19)
                    .startsWith("road")
                    .endsWith("bicycle");
            assertThat(dataset.problems()).isEmpty();
        }
        Path map = root.resolve("gtFine/val/aachen/aachen_000000_000019_gtFine_labelIds.png");
        Layouts.labelled(root.resolve("x.png"), map, 0, 34, 0, 0, 0);
        Dataset dataset = Cityscapes.open(
                new Cityscapes.Config(root, Cityscapes.Split.VAL, Cityscapes.Labels.LABEL_IDS, Optional.empty()));
        assertFails(
                () -> dataset.get(0),
                map + ": the pixel at (0, 0) has label 34, but the ids of Cityscapes are 0 to 33.");
    }

    private static Dataset coco(Path root, String edition, CocoStuff.Split split) {
        return CocoStuff.open(new CocoStuff.Config(root, edition, split, Optional.empty()));
    }

    /** The stop sign has id 13 of COCO, and is the 12th class, since no annotation has id 12. */
    @Test
    void cocoStuff() {
        Layouts.cocoStuff164k(root.resolve("164k"));
        Layouts.cocoStuff10k(root.resolve("10k"));
        Dataset large = coco(root.resolve("164k"), "164k", CocoStuff.Split.VAL);
        Dataset small = coco(root.resolve("10k"), "10k", CocoStuff.Split.VAL);

        for (Dataset dataset : List.of(large, small)) {
            assertThat(dataset.problems()).isEmpty();
            assertThat(dataset.size()).isEqualTo(2);
            List<String> classes = dataset.info().classNames();
            assertThat(classes).hasSize(171);
            assertThat(labels(dataset, 0).stream()
                            .map(label -> label == 255 ? "" : classes.get(label.intValue()))
                            .toList())
                    .containsExactly("", "person", "stop sign", "wood");
        }
        assertThat(coco(root.resolve("10k"), "10k", CocoStuff.Split.TRAIN).size())
                .isEqualTo(2);
    }

    @Test
    void cocoStuffConvertedAndDamaged() {
        Layouts.cocoStuff164k(root);
        Path labels = root.resolve("annotations/train2017");
        Layouts.labelled(root.resolve("x.jpg"), labels.resolve("000000000139_labelTrainIds.png"), 0, 255, 0, 12, 170);
        Layouts.labelled(root.resolve("x.jpg"), labels.resolve("000000000285_labelTrainIds.png"), 0, 0, 0, 0, 171);
        Dataset converted = coco(root, "164k", CocoStuff.Split.TRAIN);
        assertThat(labels(converted, 0)).containsExactly(255f, 0f, 12f, 170f);
        assertThatThrownBy(() -> converted.get(1))
                .hasMessageContaining("has label 171, but the train ids of COCO-Stuff 164k are 0 to 170");

        Path published = root.resolve("annotations/val2017/000000000139.png");
        Layouts.labelled(root.resolve("x.jpg"), published, 0, 255, 0, 11, 0);
        Dataset unused = coco(root, "164k", CocoStuff.Split.VAL);
        assertThatThrownBy(() -> unused.get(0)).hasMessageContaining("has label 11, but the label maps");
        assertThatThrownBy(() -> coco(root, "10k", CocoStuff.Split.TRAIN))
                .hasMessage(
                        "There is no folder of pictures in %s: neither images/train2014 nor train2014".formatted(root));
        assertThatThrownBy(() -> new CocoStuff.Config(root, "9k", CocoStuff.Split.TRAIN, Optional.empty()))
                .hasMessage("edition must be 164k or 10k, not '9k'");
    }

    private static Dataset voc(Path root, PascalVoc.Split split) {
        return PascalVoc.open(new PascalVoc.Config(root, split, Optional.empty()));
    }

    @Test
    void pascalVoc() {
        Layouts.pascalVoc(root);

        Dataset val = voc(root, PascalVoc.Split.VAL);
        assertThat(names(val)).containsExactly("2007_000033", "2007_000042");
        assertThat(labels(val, 0)).containsExactly(0f, 1f, 20f, 255f);
        assertThat(val.info().classNames()).hasSize(21).startsWith("background", "aeroplane");
        assertThat(val.info().classes().get(1).color()).isEqualTo(0x800000);
        assertThat(names(voc(root.resolve("VOCdevkit"), PascalVoc.Split.TRAINAUG)))
                .containsExactly("2007_000032", "2007_000039", "2008_000008");
        assertThat(voc(root.resolve("VOCdevkit/VOC2012"), PascalVoc.Split.TRAINVAL)
                        .size())
                .isEqualTo(4);
    }

    @Test
    void theAugmentedPartMayHaveOneList() throws IOException {
        Layouts.pascalVoc(root);
        Path data = root.resolve("VOCdevkit/VOC2012");
        Layouts.text(data.resolve("ImageSets/Segmentation/trainaug.txt"), "2008_000008", "2007_000032", "2009_1");
        Dataset dataset = voc(root, PascalVoc.Split.TRAINAUG);

        assertThat(dataset.size()).isEqualTo(3);
        assertThat(dataset.problems())
                .containsExactly(
                        "There is no picture " + data.resolve("JPEGImages/2009_1.jpg"),
                        "There is no label map " + data.resolve("SegmentationClassAug/2009_1.png"));
        try (var files = Files.walk(data.resolve("SegmentationClassAug"))) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
        assertThatThrownBy(() -> voc(root, PascalVoc.Split.TRAINAUG))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith("There is no folder SegmentationClassAug in " + data);
        Files.writeString(data.resolve("ImageSets/Segmentation/val.txt"), "\n");
        assertFails(() -> voc(root, PascalVoc.Split.VAL), data.resolve("ImageSets/Segmentation/val.txt") + " is empty");
        Files.delete(data.resolve("ImageSets/Segmentation/train.txt"));
        assertFails(
                () -> voc(root, PascalVoc.Split.TRAIN),
                "There is no file " + data.resolve("ImageSets/Segmentation/train.txt"));
    }

    @Test
    void pascalContext() {
        Layouts.pascalContext(root);
        for (boolean background : List.of(false, true)) {
            Dataset dataset = PascalContext.open(
                    new PascalContext.Config(root, PascalContext.Split.VAL, background, Optional.empty()));

            assertThat(names(dataset)).containsExactly("2008_000007", "2008_000015");
            assertThat(labels(dataset, 0))
                    .isEqualTo(background ? List.of(0f, 1f, 30f, 59f) : List.of(255f, 0f, 29f, 58f));
            List<String> classes = dataset.info().classNames();
            assertThat(classes).hasSize(background ? 60 : 59);
            assertThat(classes.get(background ? 1 : 0)).isEqualTo("aeroplane");
            assertThat(classes).endsWith("wood");
        }
    }

    private static Dataset nyu(Path root, NyuDepth.Split split, NyuDepth.Scenes scenes, boolean cut) {
        return NyuDepth.open(new NyuDepth.Config(root, split, Optional.empty(), scenes, cut, 10, Optional.empty()));
    }

    @Test
    void nyuDepth() {
        Layouts.nyuDepth(root);
        Dataset train = nyu(root, NyuDepth.Split.TRAIN, NyuDepth.Scenes.FIRST_MATCH, false);
        Dataset test = nyu(root, NyuDepth.Split.TEST, NyuDepth.Scenes.LONGEST_MATCH, false);

        assertThat(names(train)).containsExactly("study_room_0004_rgb_00045", "kitchen_0028b_rgb_00000");
        assertThat(train.problems()).isEmpty();
        assertThat(quarters(train, 0, Sample.DEPTH)).containsExactly(0f, 1f, 2f, 3f);
        assertThat(train.info().maxDepth()).isEqualTo(10);
        assertThat(train.info().classes()).isEmpty();
        assertThat(train.get(0).texts()).isEqualTo(Map.of(Sample.SCENE, "study"));
        assertThat(train.get(1).texts()).isEqualTo(Map.of(Sample.SCENE, "kitchen"));
        assertThat(test.get(0).texts()).isEqualTo(Map.of(Sample.SCENE, "office kitchen"));
    }

    /** VPD looks at the last folder and the file name, and takes the first of its names that is a part of them. */
    @Test
    void scenesAreFoundAsVpdFindsThem() {
        assertThat(NyuDepth.scene("study_room_0004/rgb_1.jpg", NyuDepth.Scenes.FIRST_MATCH))
                .contains("study");
        assertThat(NyuDepth.scene("cafe/office_kitchen_0001a/rgb_1.jpg", NyuDepth.Scenes.FIRST_MATCH))
                .contains("kitchen");
        assertThat(NyuDepth.scene("home_office_0001/rgb_1.jpg", NyuDepth.Scenes.FIRST_MATCH))
                .contains("home office");
        assertThat(NyuDepth.scene("study_room_0004/rgb_1.jpg", NyuDepth.Scenes.LONGEST_MATCH))
                .contains("study room");
        assertThat(NyuDepth.scene("garden/rgb_1.jpg", NyuDepth.Scenes.FIRST_MATCH))
                .isEmpty();
        assertThat(NyuDepth.scene("kitchen.jpg", NyuDepth.Scenes.FIRST_MATCH)).contains("kitchen");
    }

    @Test
    void theWhiteBorderIsCutOff() {
        Layouts.deep(root.resolve("sync/cafe/a.jpg"), root.resolve("sync/cafe/a.png"), 640, 480, 0, 0.001);
        Layouts.text(root.resolve("train_list.txt"), "cafe/a.jpg cafe/a.png");
        Sample sample = nyu(root, NyuDepth.Split.TRAIN, NyuDepth.Scenes.FIRST_MATCH, true)
                .get(0);

        assertThat(sample.image().width()).isEqualTo(608 - 43);
        assertThat(sample.image().height()).isEqualTo(472 - 45);
        // The middle of the picture is at 320 - 43 and 240 - 45 now.
        assertThat(sample.target(Sample.DEPTH).at(276, 194)).isZero();
        assertThat(sample.target(Sample.DEPTH).at(277, 195)).isEqualTo(3);
    }

    @Test
    void damagedListsOfDepthAreNamed() {
        Layouts.nyuDepth(root);
        Path data = root.resolve("nyu_depth_v2");
        assertThatThrownBy(() -> nyu(root, NyuDepth.Split.TRAIN, NyuDepth.Scenes.FIRST_MATCH, true)
                        .get(0))
                .isInstanceOf(UserException.class)
                .hasMessage("study_room_0004_rgb_00045 is 32 x 24, too small to cut 565 x 427 at (43, 45) out of it;"
                        + " see cut-border");
        Layouts.text(data.resolve("train_list.txt"), "cafe/a.jpg");
        assertFails(
                () -> nyu(root, NyuDepth.Split.TRAIN, NyuDepth.Scenes.FIRST_MATCH, false),
                data.resolve("train_list.txt") + ": 'cafe/a.jpg' is not a picture and its depth map");
        Layouts.text(data.resolve("train_list.txt"), "cafe/a.jpg cafe/a.png");
        assertThat(nyu(root, NyuDepth.Split.TRAIN, NyuDepth.Scenes.FIRST_MATCH, false)
                        .problems())
                .containsExactly(
                        "There is no picture " + data.resolve("sync/cafe/a.jpg"),
                        "There is no depth map " + data.resolve("sync/cafe/a.png"));
        data.resolve("nyudepthv2_test_files_with_gt.txt").toFile().delete();
        assertFails(
                () -> nyu(root, NyuDepth.Split.TEST, NyuDepth.Scenes.FIRST_MATCH, false),
                "There is no list of pictures and depth maps; set 'list' to where it is in %s: neither test_list.txt nor nyudepthv2_test_files_with_gt.txt nor nyu_test.txt"
                        .formatted(data));
    }

    private static Dataset kitti(Path root, KittiDepth.Split split, boolean crop) {
        return KittiDepth.open(new KittiDepth.Config(root, split, Optional.empty(), crop, 80, Optional.empty()));
    }

    @Test
    void kittiDepth() {
        Layouts.kittiDepth(root, 1242, 375);
        Dataset train = kitti(root, KittiDepth.Split.TRAIN, false);
        Dataset test = kitti(root, KittiDepth.Split.TEST, true);

        assertThat(train.problems()).isEmpty();
        assertThat(test.problems()).isEmpty();
        assertThat(test.size()).isEqualTo(1);
        assertThat(quarters(train, 0, Sample.DEPTH)).containsExactly(0f, 1f, 2f, 3f);
        assertThat(train.info().maxDepth()).isEqualTo(80);
        Sample cut = test.get(0);
        assertThat(cut.name()).isEqualTo("2011_09_26_2011_09_26_drive_0057_sync_image_02_data_0000000312");
        assertThat(cut.image().width()).isEqualTo(1216);
        assertThat(cut.image().height()).isEqualTo(352);
        // The middle of the picture, (621, 187), is at 621 - 13 and 187 - 23 now.
        assertThat(cut.target(Sample.DEPTH).at(607, 163)).isZero();
        assertThat(cut.target(Sample.DEPTH).at(608, 164)).isEqualTo(3);
        assertThat(cut.image().rgb(608, 164) >> 16).isEqualTo(180);
    }

    @Test
    void smallPicturesCannotBeCut() {
        Layouts.kittiDepth(root, 32, 24);
        assertThatThrownBy(() -> kitti(root, KittiDepth.Split.TRAIN, true).get(0))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("is 32 x 24, too small to cut 1216 x 352")
                .hasMessageEndingWith("see kb-crop");
    }
}
