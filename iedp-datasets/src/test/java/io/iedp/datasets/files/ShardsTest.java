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
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShardsTest {
    private static final String LONG = "a-folder/".repeat(15);

    @TempDir
    Path root;

    private byte[] picture;
    private byte[] labels;
    private byte[] depth;

    @BeforeEach
    void pictures() throws IOException {
        Path file = root.resolve("a.jpg");
        Path map = root.resolve("a.png");
        Layouts.deep(file, map, 8, 6, 1, 0.001);
        picture = Files.readAllBytes(file);
        depth = Files.readAllBytes(map);
        ImageFiles.writeLabels(Raster.labels(8, 6, Layouts.quarters(8, 6, q -> q)), map);
        labels = Files.readAllBytes(map);
    }

    private void numbered(int shards, int samples) throws IOException {
        for (int i = 0; i < shards; i++) {
            Map<String, byte[]> files = new HashMap<>();
            for (int j = 0; j < samples; j++) {
                files.put(String.format(Locale.ROOT, "%03d.jpg", j), picture);
            }
            Layouts.shard(root.resolve(String.format(Locale.ROOT, "s-%02d.tar", i)), files);
        }
    }

    private Dataset open(String labelEnding, String depthEnding, int buffer, String... shards) {
        return open(Optional.empty(), labelEnding, depthEnding, buffer, shards);
    }

    private Dataset open(Optional<Path> index, String labelEnding, String depthEnding, int buffer, String... shards) {
        return Shards.open(new Shards.Config(
                Arrays.stream(shards).map(name -> root.resolve(name).toString()).toList(),
                List.of("jpg", "png"),
                labelEnding,
                depthEnding,
                Map.of(Sample.CAPTION, "txt"),
                0.001,
                10,
                List.of("a", "b", "c", "d"),
                false,
                List.of(),
                buffer,
                index,
                Optional.empty()));
    }

    @Test
    void aSampleIsWhatSharesItsNameUpToTheFirstDot() throws IOException {
        Layouts.shard(
                root.resolve("train-0.tar"),
                Map.of(
                        "x/1.jpg",
                        picture,
                        "x/1.seg.png",
                        labels,
                        "x/1.depth.png",
                        depth,
                        "x/1.txt",
                        "a room\n".getBytes(StandardCharsets.UTF_8),
                        LONG + "2.png",
                        labels,
                        LONG + "2.seg.png",
                        labels,
                        LONG + "2.depth.png",
                        depth,
                        "README",
                        new byte[3],
                        ".hidden.txt",
                        new byte[3]));

        Dataset dataset = open("seg.png", "depth.png", 10, "train-0.tar");

        assertThat(dataset.size()).isEqualTo(2);
        assertThat(dataset.problems()).isEmpty();
        Sample deep = dataset.get(0);
        assertThat(deep.name()).isEqualTo("train-0_" + (LONG + "2").replace('/', '_'));
        assertThat(deep.texts()).isEmpty();
        Sample sample = dataset.get(1);
        assertThat(sample.name()).isEqualTo("train-0_x_1");
        assertThat(sample.texts()).isEqualTo(Map.of(Sample.CAPTION, "a room"));
        assertThat(sample.image().pixels())
                .isEqualTo(ImageFiles.decodeRgb(picture, "").pixels());
        assertThat(sample.target(Sample.LABELS).values()).isEqualTo(Layouts.quarters(8, 6, q -> q));
        assertThat(sample.target(Sample.DEPTH).values())
                .isEqualTo(ImageFiles.decodeDepth(depth, 0.001, "").values());
    }

    @Test
    void rangesAndStarsNameManyArchives() throws IOException {
        numbered(12, 1);

        assertThat(open("", "", 1, "s-{00..11}.tar").size()).isEqualTo(12);
        assertThat(open("", "", 1, "s-{09..10}.tar", "s-1*.tar").size()).isEqualTo(4);
        assertThatThrownBy(() -> open("", "", 1, "s-{10..13}.tar"))
                .isInstanceOf(UserException.class)
                .hasMessage("There is no archive %s, nor 1 others", root.resolve("s-12.tar"));
        assertThatThrownBy(() -> open("", "", 1, "t*.tar"))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("there is no file");
        assertThatThrownBy(() -> open("", "", 1, "s-{3..1}.tar"))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("{3..1}");
    }

    /** A buffer of n has taken in no more than n samples beyond those that it has handed out. */
    @Test
    void anEpochReadsArchivesNearlyFromFrontToBack() throws IOException {
        numbered(5, 20);
        int buffer = 7;
        Dataset dataset = open("", "", buffer, "s-*.tar");

        int[] order = dataset.order(new Random(3));

        assertThat(Arrays.stream(order).sorted().toArray())
                .isEqualTo(IntStream.range(0, 100).toArray());
        assertThat(dataset.order(new Random(3))).isEqualTo(order);
        assertThat(dataset.order(new Random(4))).isNotEqualTo(order);
        int[] archives = Arrays.stream(order).map(i -> i / 20).distinct().toArray();
        for (int i = 0; i < order.length; i++) {
            int archive = order[i] / 20;
            int rank = IntStream.range(0, 5)
                    .filter(each -> archives[each] == archive)
                    .findFirst()
                    .orElseThrow();
            assertThat(rank * 20 + order[i] % 20).isLessThan(i + buffer);
        }
        assertThat(open("", "", 1, "s-00.tar").order(new Random(1)))
                .isEqualTo(IntStream.range(0, 20).toArray());
        assertThat(open("", "", 1000, "s-00.tar").order(new Random(1)))
                .isNotEqualTo(IntStream.range(0, 20).toArray());
    }

    @Test
    void theCaseOfEndingsDoesNotCount() throws IOException {
        Layouts.shard(root.resolve("t.tar"), Map.of("0.JPG", picture, "0.Seg.PNG", labels));
        Layouts.shard(root.resolve("twice.tar"), Map.of("0.JPG", picture, "0.jpg", picture));

        Dataset dataset = open("seg.png", "", 10, "t.tar");

        assertThat(dataset.problems()).isEmpty();
        assertThat(dataset.get(0).targets()).containsKey(Sample.LABELS);
        assertThatThrownBy(() -> open("", "", 10, "twice.tar"))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("differ in their case alone");
    }

    @Test
    void whatASampleLacksIsSaid() throws IOException {
        Path file = Layouts.shard(
                root.resolve("t.tar"),
                Map.of("1.jpg", picture, "1.seg.png", labels, "2.jpg", picture, "3.seg.png", labels));

        Dataset dataset = open("seg.png", "", 10, "t.tar");

        assertThat(dataset.problems())
                .containsExactly(
                        file + ": the sample '2' has no .seg.png, but .jpg",
                        file + ": the sample '3' has no .jpg or .png, but .seg.png");
        assertThatThrownBy(() -> dataset.get(1))
                .isInstanceOf(UserException.class)
                .hasMessage(dataset.problems().get(0));
        assertThat(dataset.get(0).name()).isEqualTo("t_1");
    }

    @Test
    void damagedPicturesAreNamed() throws IOException {
        Path file = Layouts.shard(
                root.resolve("t.tar"),
                Map.of(
                        "1.jpg",
                        Arrays.copyOf(picture, 200),
                        "1.seg.png",
                        labels,
                        "2.jpg",
                        picture,
                        "2.seg.png",
                        depth));
        Dataset dataset = open("seg.png", "", 10, "t.tar");

        assertThatThrownBy(() -> dataset.get(0))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith(file + ": the picture of '1' is damaged");
        assertThatThrownBy(() -> dataset.get(1))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith(file + ": the label map of '2' has 16 bits a pixel");
    }

    @Test
    void compressedArchivesAreRefused() throws IOException {
        byte[] tar = Files.readAllBytes(Layouts.shard(root.resolve("t.tar"), Map.of("1.jpg", picture)));
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(root.resolve("z.tar")))) {
            out.write(tar);
        }

        assertThatThrownBy(() -> open("", "", 1, "z.tar"))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("must be unpacked to .tar");
    }

    private Path written(String name, Map<String, byte[]> files, int minutesAgo) throws IOException {
        Path file = Layouts.shard(root.resolve(name), files);
        Files.setLastModifiedTime(
                file,
                FileTime.from(Instant.parse("2024-05-01T12:00:00.123456789Z").minusSeconds(60L * minutesAgo)));
        return file;
    }

    private Dataset indexed(String... shards) {
        return open(Optional.of(root.resolve("indices")), "seg.png", "", 10, shards);
    }

    private List<Path> indices() throws IOException {
        try (Stream<Path> files = Files.list(root.resolve("indices"))) {
            return files.sorted().toList();
        }
    }

    /** The bytes between the headers are the only ones that an index leaves to be read. */
    @Test
    void anArchiveIsGoneThroughOnce() throws IOException {
        Map<String, byte[]> files = Map.of("x/1.jpg", picture, "x/1.seg.png", labels, LONG + "2.jpg", picture);
        Path file = written("t.tar", files, 0);
        Dataset first = indexed("t.tar");
        byte[] bytes = Files.readAllBytes(file);
        FileTime time = Files.getLastModifiedTime(file);
        Arrays.fill(bytes, 0, 100, (byte) 0); // the first header's name
        Files.write(file, bytes);
        Files.setLastModifiedTime(file, time);

        Dataset second = indexed("t.tar");

        assertThat(indices()).hasSize(1);
        assertThat(second.size()).isEqualTo(2);
        assertThat(second.problems()).isEqualTo(first.problems());
        assertThat(second.get(1).name()).isEqualTo("t_x_1");
        assertThat(second.get(1).image().pixels())
                .isEqualTo(first.get(1).image().pixels());
        assertThat(second.get(1).target(Sample.LABELS).values())
                .isEqualTo(first.get(1).target(Sample.LABELS).values());
    }

    @Test
    void anArchiveThatHasChangedIsGoneThroughAnew() throws IOException {
        written("t.tar", Map.of("1.jpg", picture, "1.seg.png", labels), 5);
        assertThat(indexed("t.tar").get(0).name()).isEqualTo("t_1");
        long size = Files.size(root.resolve("t.tar"));

        written("t.tar", Map.of("2.jpg", picture, "2.seg.png", labels), 4);
        assertThat(root.resolve("t.tar")).hasSize(size);
        assertThat(indexed("t.tar").get(0).name()).isEqualTo("t_2");

        written("t.tar", Map.of("3.jpg", picture, "3.seg.png", labels, "4.jpg", new byte[20_000]), 4);
        assertThat(indexed("t.tar").get(0).name()).isEqualTo("t_3");
        assertThat(indices()).hasSize(1);
    }

    /** Its time of last change cannot tell whether it changes once more. */
    @Test
    void anArchiveThatWasJustWrittenIsNotKept() throws IOException {
        Layouts.shard(root.resolve("t.tar"), Map.of("1.jpg", picture, "1.seg.png", labels));

        assertThat(indexed("t.tar").size()).isEqualTo(1);
        assertThat(indices()).isEmpty();
    }

    @Test
    void archivesOfOneNameHaveAnIndexEach() throws IOException {
        Files.createDirectories(root.resolve("a"));
        Files.createDirectories(root.resolve("b"));
        written("a/t.tar", Map.of("1.jpg", picture, "1.seg.png", labels), 1);
        written("b/t.tar", Map.of("2.jpg", picture, "2.seg.png", labels), 1);
        indexed("a/t.tar", "b/t.tar");

        Dataset dataset = indexed("b/t.tar", "a/t.tar");

        assertThat(indices()).hasSize(2);
        assertThat(dataset.get(0).name()).isEqualTo("t_2");
        assertThat(dataset.get(1).name()).isEqualTo("t_1");
    }

    @Test
    void aDamagedIndexIsNotUsed() throws IOException {
        written("t.tar", Map.of("1.jpg", picture, "1.seg.png", labels), 1);
        indexed("t.tar");
        Path index = indices().get(0);
        byte[] whole = Files.readAllBytes(index);
        for (int seed = 0; seed < 200; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            byte[] bytes = seed % 2 == 0 ? Arrays.copyOf(whole, random.nextInt(whole.length)) : whole.clone();
            if (seed % 2 == 1) {
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 + random.nextInt(255));
            }
            Files.write(index, bytes);

            assertThat(indexed("t.tar").get(0).image().width()).isEqualTo(8);
            assertThat(index).hasBinaryContent(whole);
        }
    }

    @Test
    void aPlaceForIndicesThatIsNoneIsNamed() throws IOException {
        written("t.tar", Map.of("1.jpg", picture), 1);
        Files.writeString(root.resolve("indices"), "a file");

        assertThatThrownBy(() -> indexed("t.tar"))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith("The folder %s for indices cannot be made".formatted(root.resolve("indices")));
    }

    /** Whatever is wrong with an archive, it is read as far as it holds, or refused by name. */
    @Test
    void damagedArchivesDoNoHarm() throws IOException {
        Path file = Layouts.shard(root.resolve("t.tar"), Map.of("1.jpg", picture, "2.jpg", picture, "3.jpg", picture));
        byte[] whole = Files.readAllBytes(file);
        for (int seed = 0; seed < 500; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            byte[] bytes = seed % 2 == 0 ? Arrays.copyOf(whole, random.nextInt(whole.length)) : whole.clone();
            for (int i = 0; i < 4 && seed % 2 == 1; i++) {
                bytes[random.nextInt(600)] = (byte) random.nextInt(256);
            }
            Files.write(file, bytes);
            try {
                Dataset dataset = open("", "", 1, "t.tar");
                for (int i = 0; i < dataset.size(); i++) {
                    dataset.get(i);
                }
            } catch (UserException e) {
                assertThat(e.getMessage()).contains(file.toString());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "a\0.tar"})
    void aNameThatIsNoFileIsRefused(String name) {
        assertThatThrownBy(() -> ShardNames.expand(List.of(name)))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith("shards names the file '" + name);
    }

    /** A million times a million names. */
    @Test
    void aMillionAnArchiveInEachOfAMillionFoldersIsTooMany() {
        for (List<String> names : List.of(
                List.of("x{0..999999}{0..999999}.tar"),
                List.of("{0..999999}", "y"),
                List.of("{0..9}".repeat(100_000)))) {
            assertThatThrownBy(() -> ShardNames.expand(names)).isInstanceOf(UserException.class);
        }
        assertThatThrownBy(() -> ShardNames.expand(List.of("x{0..999999}{0..999999}.tar")))
                .hasMessage("shards: with x{0..999999}{0..999999}.tar, there are more than 1000000 archives");
    }

    /** Each star can stand for any part of the name. */
    @Test
    void aNameOfManyStarsIsFoundAtOnce() {
        Path file = root.resolve("a".repeat(200) + ".tar");
        Layouts.text(file, "");
        assertThat(ShardNames.expand(List.of(root + "/" + "a*".repeat(100) + ".tar")))
                .containsExactly(file);
        assertThatThrownBy(() -> ShardNames.expand(List.of(root + "/" + "a*".repeat(100) + "b.tar")))
                .hasMessageContaining("there is no file");
    }
}
