package io.iedp.datasets;

import io.iedp.api.data.Raster;
import io.iedp.api.data.RgbImage;
import io.iedp.io.image.ImageFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * Writes the layouts of published data sets with two tiny pictures a part. Every picture has four quarters, of red 0,
 * 60, 120 and 180, and its maps say the same.
 */
public final class Layouts {
    public static final int WIDTH = 32;
    public static final int HEIGHT = 24;

    private Layouts() {}

    /** A layout on disk, as an experiment file names it. */
    public record Written(String type, Path root, String train, String val) {
        private static Written of(String type, Path root, String train, String val) {
            String start = "type: %s, root: '%s', ".formatted(type, root);
            return new Written(type, root, "{" + start + train + "}", "{" + start + val + "}");
        }

        @Override
        public String toString() {
            return type;
        }
    }

    /** All layouts with label maps, each in a folder of its own. */
    public static List<Written> labelled(Path folder) {
        return List.of(
                ade20k(folder.resolve("ade")),
                cityscapes(folder.resolve("cityscapes")),
                cocoStuff164k(folder.resolve("coco")),
                cocoStuff10k(folder.resolve("coco10k")),
                pascalVoc(folder.resolve("voc")),
                pascalContext(folder.resolve("context")),
                webDataset(folder.resolve("shards")));
    }

    /** Two archives a part, with a picture each. */
    public static Written webDataset(Path folder) {
        String keys = "labels: seg.png, class-names: [a, b, c, d], shards: ['%s']}";
        for (String part : List.of("train", "val")) {
            for (int i = 0; i < 2; i++) {
                Path picture = folder.resolve("picture.jpg");
                Path map = folder.resolve("map.png");
                labelled(picture, map, i, 0, 1, 2, 3);
                shard(
                        folder.resolve("%s-%s.tar".formatted(part, i)),
                        Map.of("a.jpg", ImageFiles.read(picture), "a.seg.png", ImageFiles.read(map)));
            }
        }
        return new Written(
                "webdataset",
                folder,
                "{type: webdataset, " + keys.formatted(folder.resolve("train-{0..1}.tar")),
                "{type: webdataset, " + keys.formatted(folder.resolve("val-*.tar")));
    }

    /** A tar archive of these files, in the order of their names. */
    public static Path shard(Path file, Map<String, byte[]> files) {
        try (OutputStream out = Files.newOutputStream(file);
                TarArchiveOutputStream tar = new TarArchiveOutputStream(out)) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            for (Map.Entry<String, byte[]> each : new TreeMap<>(files).entrySet()) {
                TarArchiveEntry entry = new TarArchiveEntry(each.getKey());
                entry.setSize(each.getValue().length);
                tar.putArchiveEntry(entry);
                tar.write(each.getValue());
                tar.closeArchiveEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file;
    }

    /** 0, 1, 2, 3 in its quarters. */
    public static int quarter(int x, int y, int width, int height) {
        return (x >= width / 2 ? 1 : 0) + (y >= height / 2 ? 2 : 0);
    }

    /**
     * @param seed makes pictures differ: it is their green
     */
    public static RgbImage picture(int width, int height, int seed) {
        byte[] pixels = new byte[width * height * 3];
        for (int i = 0; i < width * height; i++) {
            pixels[3 * i] = (byte) (60 * quarter(i % width, i / width, width, height));
            pixels[3 * i + 1] = (byte) seed;
        }
        return new RgbImage(width, height, pixels);
    }

    public static float[] quarters(int width, int height, IntUnaryOperator value) {
        float[] values = new float[width * height];
        for (int i = 0; i < values.length; i++) {
            values[i] = value.applyAsInt(quarter(i % width, i / width, width, height));
        }
        return values;
    }

    /** A picture and a label map with these labels in its quarters. */
    public static void labelled(Path picture, Path map, int seed, int... labels) {
        picture(picture, WIDTH, HEIGHT, seed);
        make(map.getParent());
        ImageFiles.writeLabels(Raster.labels(WIDTH, HEIGHT, quarters(WIDTH, HEIGHT, q -> labels[q])), map);
    }

    public static void picture(Path file, int width, int height, int seed) {
        make(file.getParent());
        RgbImage picture = picture(width, height, seed);
        if (file.toString().endsWith(".png")) {
            ImageFiles.writePng(picture, file);
        } else {
            ImageFiles.writeJpeg(picture, file);
        }
    }

    /** A picture and a depth map of 0, 1, 2 and 3 metres in its quarters. */
    public static void deep(Path picture, Path map, int width, int height, int seed, double unit) {
        picture(picture, width, height, seed);
        make(map.getParent());
        ImageFiles.writeDepth(Raster.depth(width, height, quarters(width, height, q -> q)), unit, map);
    }

    public static void text(Path file, String... lines) {
        make(file.getParent());
        try {
            Files.writeString(file, Stream.of(lines).collect(Collectors.joining("\n", "", "\n")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void make(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Labels 0 (nothing), 1, 2 and 150. */
    public static Written ade20k(Path root) {
        Path data = root.resolve("ADEChallengeData2016");
        int seed = 0;
        for (String name : List.of("training/ADE_train_0000000", "validation/ADE_val_0000000")) {
            for (int i = 1; i <= 2; i++) {
                labelled(
                        data.resolve("images/" + name + i + ".jpg"),
                        data.resolve("annotations/" + name + i + ".png"),
                        ++seed,
                        0,
                        1,
                        2,
                        150);
            }
        }
        text(data.resolve("sceneCategories.txt"), "ADE_train_00000001 airport_terminal", "ADE_val_00000002 bedroom");
        return Written.of("ade20k", root, "split: training", "split: validation");
    }

    /** Ids 0 (nothing), 7 (road), 33 (bicycle) and 26 (car), and the same as train ids. */
    public static Written cityscapes(Path root) {
        int seed = 0;
        for (String split : List.of("train", "val")) {
            for (String name : List.of("aachen/aachen_000000_000019", "bonn/bonn_000001_000019")) {
                Path picture = root.resolve("leftImg8bit/" + split + "/" + name + "_leftImg8bit.png");
                String map = "gtFine/" + split + "/" + name + "_gtFine_";
                labelled(picture, root.resolve(map + "labelIds.png"), ++seed, 0, 7, 33, 26);
                labelled(picture, root.resolve(map + "labelTrainIds.png"), seed, 255, 0, 18, 13);
            }
        }
        return Written.of("cityscapes", root, "split: train", "split: val");
    }

    /** As published: 255 (nothing), 0 (person), 12 (stop sign, id 13) and 181 (wood, id 182). */
    public static Written cocoStuff164k(Path root) {
        int seed = 0;
        for (String split : List.of("train2017", "val2017")) {
            for (String name : List.of("000000000139", "000000000285")) {
                labelled(
                        root.resolve("images/" + split + "/" + name + ".jpg"),
                        root.resolve("annotations/" + split + "/" + name + ".png"),
                        ++seed,
                        255,
                        0,
                        12,
                        181);
            }
        }
        return Written.of("coco-stuff", root, "split: train", "split: val");
    }

    /** As converted: 0 (nothing), 1 (person), 12 (stop sign) and 171 (wood). */
    public static Written cocoStuff10k(Path root) {
        int seed = 0;
        for (String split : List.of("train2014", "test2014")) {
            for (String name : List.of("COCO_train2014_000000000077", "COCO_train2014_000000000110")) {
                labelled(
                        root.resolve("images/" + split + "/" + name + ".jpg"),
                        root.resolve("annotations/" + split + "/" + name + "_labelTrainIds.png"),
                        ++seed,
                        0,
                        1,
                        12,
                        171);
            }
        }
        return Written.of("coco-stuff", root, "edition: 10k, split: train", "edition: 10k, split: val");
    }

    /** Labels 0, 1, 20 and 255 (border); SBD adds two pictures. */
    public static Written pascalVoc(Path root) {
        Path data = root.resolve("VOCdevkit/VOC2012");
        int seed = 0;
        for (String name : List.of("2007_000032", "2007_000039", "2007_000033", "2007_000042", "2008_000008")) {
            Path picture = data.resolve("JPEGImages/" + name + ".jpg");
            labelled(picture, data.resolve("SegmentationClassAug/" + name + ".png"), ++seed, 0, 1, 20, 255);
            if (seed <= 4) {
                labelled(picture, data.resolve("SegmentationClass/" + name + ".png"), seed, 0, 1, 20, 255);
            }
        }
        Path lists = data.resolve("ImageSets/Segmentation");
        text(lists.resolve("train.txt"), "2007_000032", "2007_000039");
        text(lists.resolve("val.txt"), "2007_000033", "2007_000042");
        text(lists.resolve("trainval.txt"), "2007_000032", "2007_000033", "2007_000039", "2007_000042");
        text(lists.resolve("aug.txt"), "2008_000008");
        return Written.of("pascal-voc", root, "split: trainaug", "split: val");
    }

    /** Labels 0 (background), 1, 30 and 59. */
    public static Written pascalContext(Path root) {
        Path data = root.resolve("VOCdevkit/VOC2010");
        int seed = 0;
        for (String name : List.of("2008_000002", "2008_000003", "2008_000007", "2008_000015")) {
            labelled(
                    data.resolve("JPEGImages/" + name + ".jpg"),
                    data.resolve("SegmentationClassContext/" + name + ".png"),
                    ++seed,
                    0,
                    1,
                    30,
                    59);
        }
        Path lists = data.resolve("ImageSets/SegmentationContext");
        text(lists.resolve("train.txt"), "2008_000002", "2008_000003");
        text(lists.resolve("val.txt"), "2008_000007", "2008_000015");
        return Written.of("pascal-context", root, "split: train", "split: val");
    }

    /** Lists as VPD has them for training, and as BTS has them for the test. */
    public static Written nyuDepth(Path root) {
        Path data = root.resolve("nyu_depth_v2");
        deep(
                data.resolve("sync/study_room_0004/rgb_00045.jpg"),
                data.resolve("sync/study_room_0004/sync_depth_00045.png"),
                WIDTH,
                HEIGHT,
                1,
                0.001);
        deep(
                data.resolve("sync/kitchen_0028b/rgb_00000.jpg"),
                data.resolve("sync/kitchen_0028b/sync_depth_00000.png"),
                WIDTH,
                HEIGHT,
                2,
                0.001);
        deep(
                data.resolve("official_splits/test/office_kitchen/rgb_00410.jpg"),
                data.resolve("official_splits/test/office_kitchen/sync_depth_00410.png"),
                WIDTH,
                HEIGHT,
                3,
                0.001);
        text(
                data.resolve("train_list.txt"),
                "/study_room_0004/rgb_00045.jpg /study_room_0004/sync_depth_00045.png",
                "/kitchen_0028b/rgb_00000.jpg /kitchen_0028b/sync_depth_00000.png");
        text(
                data.resolve("nyudepthv2_test_files_with_gt.txt"),
                "office_kitchen/rgb_00410.jpg office_kitchen/sync_depth_00410.png 518.8579");
        return Written.of("nyu-depth", root, "split: train", "split: test");
    }

    /** Lists as VPD has them for training, and as BTS has them for the test, where one picture has no depth. */
    public static Written kittiDepth(Path root, int width, int height) {
        String drive = "2011_09_26_drive_0057_sync";
        String raw = "2011_09_26/" + drive + "/image_02/data/";
        String gt = drive + "/proj_depth/groundtruth/image_02/";
        deep(
                root.resolve("raw_data/" + raw + "0000000311.png"),
                root.resolve("data_depth_annotated/train/" + gt + "0000000311.png"),
                width,
                height,
                1,
                1 / 256.0);
        deep(
                root.resolve("raw_data/" + raw + "0000000312.png"),
                root.resolve("data_depth_annotated/val/" + gt + "0000000312.png"),
                width,
                height,
                2,
                1 / 256.0);
        text(
                root.resolve("train_list.txt"),
                "/raw_data/" + raw + "0000000311.png /data_depth_annotated/train/" + gt + "0000000311.png");
        text(
                root.resolve("eigen_test_files_with_gt.txt"),
                raw + "0000000312.png " + gt + "0000000312.png 721.5377",
                raw + "0000000313.png None 721.5377");
        return Written.of("kitti-depth", root, "split: train, kb-crop: false", "split: test, kb-crop: false");
    }

    /** Two pictures; a square, run lengths and their string; three expressions for training, one to measure on. */
    public static Written refCoco(Path root) {
        picture(root.resolve("images/train2014/COCO_train2014_000000000009.jpg"), WIDTH, HEIGHT, 1);
        picture(root.resolve("images/train2014/COCO_train2014_000000000025.jpg"), WIDTH, HEIGHT, 2);
        text(root.resolve("refcoco/instances.json"), """
                {"info": {"year": 2014}, "categories": [{"id": 1, "name": "person"}],
                 "images": [
                  {"id": 9, "file_name": "COCO_train2014_000000000009.jpg", "width": 32, "height": 24},
                  {"id": 25, "file_name": "COCO_train2014_000000000025.jpg", "width": 32, "height": 24}],
                 "annotations": [
                  {"id": 1, "image_id": 9, "iscrowd": 0, "bbox": [16, 0, 16, 12],
                   "segmentation": [[16.0, 0.0, 32.0, 0.0, 32.0, 12.0, 16.0, 12.0]]},
                  {"id": 2, "image_id": 25, "iscrowd": 1, "segmentation": {"counts": [24, 12, 732], "size": [24, 32]}},
                  {"id": 3, "image_id": 25, "iscrowd": 1, "segmentation": {"counts": "h0<ZPNlj", "size": [24, 32]}},
                  {"id": 4, "image_id": 25, "segmentation": [[0, 0, 3, 0, 3, 3]]}]}
                """.replace("h0<ZPNlj", compressed(24, 12, 732)));
        text(root.resolve("refcoco/refs(unc).json"), """
                [{"ref_id": 10, "ann_id": 1, "image_id": 9, "category_id": 1, "split": "train", "sent_ids": [0, 1],
                  "file_name": "COCO_train2014_000000000009_1.jpg",
                  "sentences": [{"sent": "the red part", "tokens": ["the", "red", "part"], "raw": "The red part", "sent_id": 0},
                                {"sent": "upper right", "tokens": ["upper", "right"], "raw": "upper right", "sent_id": 1}]},
                 {"ref_id": 11, "ann_id": 2, "image_id": 25, "category_id": 1, "split": "train",
                  "sentences": [{"sent": "second column", "sent_id": 2}]},
                 {"ref_id": 12, "ann_id": 3, "image_id": 25, "category_id": 1, "split": "val",
                  "sentences": [{"sent": "left", "sent_id": 3}]}]
                """);
        return Written.of("refcoco", root, "split: train", "split: val");
    }

    /** Run lengths as COCO writes them: five bits a letter from the lowest, a sixth for more, letters from '0'. */
    public static String compressed(int... counts) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < counts.length; i++) {
            int value = i > 2 ? counts[i] - counts[i - 2] : counts[i];
            boolean more = true;
            while (more) {
                int letter = value & 0x1f;
                value >>= 5;
                more = (letter & 0x10) != 0 ? value != -1 : value != 0;
                text.append((char) ((more ? letter | 0x20 : letter) + 48));
            }
        }
        return text.toString().replace("\\", "\\\\");
    }
}
