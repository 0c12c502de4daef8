package io.iedp.datasets.files;

import io.iedp.datasets.Layouts;
import io.iedp.io.Frugal;
import io.iedp.io.Fuzz;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files with names, numbers and texts in them; pictures are not looked at. */
class FilesFuzzTest {
    private static final int INPUTS = 1500;
    private static final Path ANY = Path.of("any.jpg");

    @TempDir
    Path root;

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void tables() {
        byte[] table = bytes("image,labels,depth,caption,scene\na.jpg,a.png,,\"a room, or a \"\"cell\"\"\",office\n"
                + "./in/b.png,,deep/b.png,,\n");
        Fuzz.run(
                "dataset-tables",
                INPUTS,
                List.of(table),
                Frugal.file(
                        root.resolve("table.csv"),
                        file -> CsvTable.open(new CsvTable.Config(
                                file, 0.001, 10, List.of("a", "b"), true, List.of(), Optional.empty()))));
    }

    @Test
    void captions() {
        byte[] table = bytes("name,scene,caption\ntraining/a,kitchen,\"a wall, \"\"red\"\"\"\nb,,\n");
        Fuzz.run("dataset-captions", INPUTS, List.of(table), Frugal.file(root.resolve("captions.csv"), Captions::read));
    }

    @Test
    void classLists() {
        Fuzz.run(
                "class-lists",
                INPUTS,
                List.of(bytes("wall, #9a9a8e\nfloor\nthe , third,#00ff00\n\n")),
                Frugal.file(root.resolve("classes.txt"), file -> ClassList.of(List.of(), file, false)));
    }

    @Test
    void depthLists() {
        byte[] list = bytes("/kitchen/rgb_1.jpg /kitchen/depth_1.png 518.8\nstudy_room/b.png None 721.5\n");
        Fuzz.run(
                "depth-lists",
                INPUTS,
                List.of(list),
                Frugal.file(
                        root.resolve("list.txt"),
                        file -> KittiDepth.open(new KittiDepth.Config(
                                root, KittiDepth.Split.TRAIN, Optional.of(file), true, 80, Optional.empty()))));
    }

    @Test
    void splits() {
        Layouts.text(root.resolve("JPEGImages/a.jpg"), "");
        Path list = root.resolve("ImageSets/Segmentation/train.txt");
        Layouts.text(list, "");
        Fuzz.run(
                "splits",
                INPUTS,
                List.of(bytes("2007_000032\n2007_000039\na b/c\n")),
                Frugal.file(
                        list,
                        file -> PascalVoc.open(new PascalVoc.Config(root, PascalVoc.Split.TRAIN, Optional.empty()))));
    }

    @Test
    void references() {
        byte[] json = bytes("[{\"ref_id\": 10, \"ann_id\": 1, \"image_id\": 9, \"split\": \"train\", \"sentences\":"
                + " [{\"sent\": \"the red part\"}, {\"tokens\": [\"a\"], \"sent\": \"upper right\"}]}]");
        Fuzz.run("references", INPUTS, List.of(json), Frugal.file(root.resolve("refs.json"), RefCocoFiles::references));
    }

    @Test
    void pickledReferences() throws IOException {
        List<byte[]> pickles = new ArrayList<>();
        for (String name : List.of("python2-protocol0", "python2-protocol2", "python3-protocol4")) {
            try (InputStream stream = FilesFuzzTest.class.getResourceAsStream("refs-" + name + ".p")) {
                pickles.add(stream.readAllBytes());
            }
        }
        Fuzz.run("pickled-references", INPUTS, pickles, Frugal.file(root.resolve("refs.p"), RefCocoFiles::references));
    }

    @Test
    void outlines() {
        byte[] json = bytes("{\"images\": [{\"id\": 9, \"file_name\": \"a.jpg\"}], \"annotations\": ["
                + "{\"id\": 1, \"segmentation\": [[16, 0, 32, 0.5, 32, 12, 16, 12], [1, 1, 3, 20, 5, 2]]},"
                + " {\"id\": 2, \"segmentation\": {\"counts\": [24, 12, 732], \"size\": [24, 32]}},"
                + " {\"segmentation\": {\"counts\": \"h0<\\\\f0\", \"size\": [24, 32]}, \"id\": 3}]}");
        Fuzz.run("outlines", INPUTS, List.of(json), Frugal.file(root.resolve("instances.json"), file -> {
            RefCocoFiles.Instances instances = RefCocoFiles.instances(file, Set.of(1L, 2L, 3L));
            instances.images().values().forEach(name -> FileNames.in(root, name, "instances"));
            instances.masks().values().forEach(mask -> mask.draw(32, 24, ANY));
        }));
    }

    @Test
    void archives() throws IOException {
        Path file = Layouts.shard(
                root.resolve("seed.tar"),
                Map.of("a/1.jpg", new byte[600], "a/1.txt", bytes("a room"), "2".repeat(150) + ".jpg", new byte[3]));
        Fuzz.run("archives", INPUTS, List.of(Files.readAllBytes(file)), Frugal.file(root.resolve("a.tar"), tar -> {
            ShardIndex.read(tar)
                    .samples()
                    .values()
                    .forEach(parts -> parts.values().forEach(part -> part.read(tar)));
        }));
    }

    /** With what an index says of its archive, and a checksum that is right. */
    @Test
    void namesOfArchives() {
        Layouts.text(root.resolve("s-000.tar"), "");
        List<byte[]> names =
                List.of(bytes(root + "/s-{000..003}.tar"), bytes(root + "/s-*0*.tar"), bytes("{0..0}{1..2}"));
        Fuzz.run(
                "names-of-archives",
                INPUTS / 15, // some are ranges of a million
                names,
                bytes -> ShardNames.expand(List.of(new String(bytes, StandardCharsets.UTF_8))));
    }
}
