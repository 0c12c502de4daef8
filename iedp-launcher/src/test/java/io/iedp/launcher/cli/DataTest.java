package io.iedp.launcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.iedp.api.data.Raster;
import io.iedp.api.data.RgbImage;
import io.iedp.datasets.Layouts;
import io.iedp.io.image.ImageFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Data on disk, from the experiment file on: training on it, checking it, showing it. */
class DataTest {
    private static final String DEPTH = "task={$replace: {type: depth}}";
    private static final String REFERRING = "task={$replace: {type: referring-segmentation}}";

    @TempDir
    private static Path shared;

    @TempDir
    private Path work;

    private static Result run(Layouts.Written data, Stream<String> command, String... more) {
        return Result.of(Stream.of(
                        command,
                        Stream.of(
                                "data.train={$replace: %s}".formatted(data.train()),
                                "data.val={$replace: %s}".formatted(data.val())),
                        Stream.of(more))
                .flatMap(each -> each)
                .toArray(String[]::new));
    }

    private Result train(Layouts.Written data, String... more) {
        return run(
                data,
                Stream.of("train", CommandsTest.micro(), "output=" + work, "training.steps=2", "evaluation.every=2"),
                more);
    }

    private static Result check(Layouts.Written data, String... more) {
        return run(data, Stream.of("data", "check", CommandsTest.micro()), more);
    }

    static List<Layouts.Written> labelled() {
        return Layouts.labelled(shared);
    }

    @ParameterizedTest
    @MethodSource("labelled")
    void labelledLayoutsTrain(Layouts.Written data) {
        Result result = train(data);

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out()).containsPattern("step 2:  mIoU \\d\\.\\d{4}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nyu-depth", "kitti-depth"})
    void depthLayoutsTrain(String type) {
        boolean rooms = type.equals("nyu-depth");
        Result result = train(
                rooms ? Layouts.nyuDepth(work) : Layouts.kittiDepth(work, 32, 24),
                DEPTH,
                "guidance.explicit.template=" + (rooms ? "a photo of a {scene}" : "a street"),
                "task.units-per-metre=256",
                "data.augment=[{type: cut-depth, probability: 1}, random-flip, brightness-contrast, gamma, hue-saturation]");

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out()).contains("step 2:");
    }

    @Test
    void expressionsTrain() {
        Result result =
                train(Layouts.refCoco(work.resolve("coco")), REFERRING, "guidance.explicit.template=\"{expression}\"");

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out()).contains("step 2:");
    }

    /** The recipe of ADE20K, with every size a sixteenth. */
    @Test
    void aRecipeTrains() {
        Result result = train(
                Layouts.ade20k(work),
                "data.augment=[{type: resize, width: 128, height: 32, keep-ratio: true, min-ratio: 0.5, max-ratio: 2},"
                        + "{type: random-crop, width: 32, height: 32}, random-flip, photometric-distortion,"
                        + "{type: pad, width: 32, height: 32}]");

        assertThat(result.code()).as(result.err()).isZero();
    }

    // What is wrong.

    /** Of two training pictures one has no map, and of two validation pictures one is cut off. */
    private Layouts.Written damaged() throws IOException {
        Layouts.Written data = Layouts.ade20k(work);
        Files.delete(work.resolve("ADEChallengeData2016/annotations/training/ADE_train_00000001.png"));
        Path picture = work.resolve("ADEChallengeData2016/images/validation/ADE_val_00000002.jpg");
        Files.write(picture, Arrays.copyOf(Files.readAllBytes(picture), 300));
        return data;
    }

    @Test
    void whatIsMissingIsSaidBeforeTraining() throws IOException {
        Result result = train(damaged());

        assertThat(result.code()).isEqualTo(2);
        assertThat(work.resolve("micro")).doesNotExist();
        assertThat(result.err().lines())
                .containsExactly(
                        "data.train has 1 missing or unusable files:",
                        "  There is no label map "
                                + work.resolve("ADEChallengeData2016/annotations/training/ADE_train_00000001.png"),
                        "'data check' looks into all files; 'train --skip-bad' and 'eval --skip-bad' go on without the bad ones.");
    }

    @Test
    void onlySomeOfManyAreListed() throws IOException {
        Layouts.Written data = Layouts.pascalVoc(work);
        String[] names = new String[15];
        Arrays.setAll(names, i -> "2000_" + i);
        Layouts.text(work.resolve("VOCdevkit/VOC2012/ImageSets/Segmentation/trainaug.txt"), names);

        assertThat(train(data).err())
                .startsWith("data.train has 30 missing or unusable files:")
                .contains("2000_4.png", "  and 20 more")
                .doesNotContain("2000_5.jpg");
    }

    @Test
    void badSamplesAreSkippedCountedAndNamed() throws IOException {
        Result result = train(damaged(), "--skip-bad", "report.samples=2");

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out())
                .contains("1 of the samples of data.train could not be used; ")
                .contains("1 of the samples of data.val could not be used; ");
        assertThat(Files.readString(work.resolve("micro/run.log")))
                .contains("data.train: sample 0 is skipped: There is no file ")
                .contains("data.val: sample 1 is skipped: ")
                .contains("ADE_val_00000002.jpg is damaged");
    }

    /** As the message about them advises, whatever the command. */
    @Test
    void aRunWithoutBadSamplesCanBeTriedAndMeasured() throws IOException {
        Layouts.Written data = damaged();
        String run = work.resolve("micro").toString();
        Result dry = train(data, "--dry-run", "--skip-bad");
        assertThat(dry.code()).as(dry.err()).isZero();
        assertThat(train(data, "--skip-bad", "report.samples=0").code()).isZero();
        assertThat(Result.of("eval", run).err()).contains("'eval --skip-bad'");

        Result measured = Result.of("eval", run, "--skip-bad");

        assertThat(measured.code()).as(measured.err()).isZero();
        assertThat(measured.out())
                .contains(
                        "1 of the samples of data.val could not be used; 'iedp data check %s/experiment.yaml' names them"
                                .formatted(run));
        assertThat(Result.of("data", "check", run + "/experiment.yaml").out())
                .contains("ADE_val_00000002.jpg is damaged");
    }

    @Test
    void skippingIsNotAdvisedWhereNothingWouldBeLeft() throws IOException {
        Result refused = train(table("image,labels", "a.jpg,", "b.jpg,"));

        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains("2 of its 2 samples").doesNotContain("--skip-bad");
    }

    @Test
    void somethingMustBeLeft() throws IOException {
        Layouts.Written data = damaged();
        Files.delete(work.resolve("ADEChallengeData2016/images/validation/ADE_val_00000001.jpg"));
        Path picture = work.resolve("ADEChallengeData2016/images/validation/ADE_val_00000003.jpg");
        Files.writeString(picture, "no picture");

        Result result = train(data, "--skip-bad");

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains("None of 2 samples of data.val can be read; the log says why");
    }

    // What training would refuse.

    /** Three pictures of 32 x 24 pixels with label maps, a, b and c, and one for validation; rows as in the table. */
    private Layouts.Written table(String header, String... rows) throws IOException {
        for (String name : List.of("a", "b", "c", "v")) {
            Layouts.labelled(
                    work.resolve("t/" + name + ".jpg"),
                    work.resolve("t/" + name + ".png"),
                    name.charAt(0) - 96,
                    0,
                    1,
                    1,
                    0);
        }
        Path train = Files.writeString(work.resolve("t/train.csv"), header + "\n" + String.join("\n", rows) + "\n");
        Path val = Files.writeString(work.resolve("t/val.csv"), "image,labels\nv.jpg,v.png\n");
        String part = "{type: csv, file: %s, class-names: [wall, floor]}";
        return new Layouts.Written("csv", work, part.formatted(train), part.formatted(val));
    }

    @Test
    void aRowWithoutLabelsIsFoundBeforeTraining() throws IOException {
        Layouts.Written data = table("image,labels", "a.jpg,a.png", "b.jpg,b.png", "c.jpg,");

        Result checked = check(data);
        Result refused = train(data);
        Result trained = train(data, "--skip-bad");

        assertThat(checked.code()).isEqualTo(2);
        assertThat(checked.out()).containsPattern("cannot be used +1").contains("1 problem:", "c has no labels");
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains("data.train: 1 of its 3 samples cannot be used:", "c has no labels");
        assertThat(refused.out()).doesNotContain("Training");
        assertThat(trained.code()).as(trained.err()).isZero();
        assertThat(trained.out()).contains("1 of the samples of data.train could not be used; ");
    }

    @Test
    void aPictureWithoutACaptionIsFoundBeforeTraining() throws IOException {
        Layouts.Written data = table("image,labels", "a.jpg,a.png", "b.jpg,b.png", "c.jpg,c.png");
        Path captions =
                Files.writeString(work.resolve("t/captions.json"), "{\"a\": \"one\", \"b\": \"two\", \"v\": \"x\"}");
        String guidance =
                "guidance={$replace: {text: {type: caption, file: %s, architecture: {length: 24, width: 32, layers: 1, heads: 2}}}}"
                        .formatted(captions);

        Result checked = check(data, guidance);
        Result refused = train(data, guidance);

        assertThat(checked.code()).isEqualTo(2);
        assertThat(checked.out()).contains("has no caption for the picture 'c'");
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err())
                .contains("data.train: 1 of its 3 samples cannot be used:", "has no caption for the picture 'c'");
    }

    @Test
    void aTextThatTheDataLacksIsFoundBeforeTraining() throws IOException {
        Layouts.Written data = table("image,labels", "a.jpg,a.png", "b.jpg,b.png", "c.jpg,c.png");

        Result refused = train(data, "guidance.explicit.template=a photo of {label}");

        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err())
                .contains("data.train: 3 of its 3 samples", "asks for {label}, but a has only {labels}");
    }

    @Test
    void aPictureThatIsALinkToNowhereIsMissing() throws IOException {
        Layouts.Written data = table("image,labels", "a.jpg,a.png", "b.jpg,b.png");
        Files.createDirectories(work.resolve("f/images"));
        Files.createDirectories(work.resolve("f/annotations"));
        for (String name : List.of("a", "b")) {
            Files.copy(work.resolve("t/" + name + ".jpg"), work.resolve("f/images/" + name + ".jpg"));
            Files.copy(work.resolve("t/" + name + ".png"), work.resolve("f/annotations/" + name + ".png"));
        }
        for (String picture : List.of("t/b.jpg", "f/images/b.jpg")) {
            Files.delete(work.resolve(picture));
            Files.createSymbolicLink(work.resolve(picture), Path.of("/nowhere/b.jpg"));
        }
        String folder = "{type: folder, root: %s, class-names: [wall, floor]}".formatted(work.resolve("f"));
        Layouts.Written listed = new Layouts.Written("folder", work, folder, data.val());

        assertThat(train(data).err()).contains("There is no picture " + work.resolve("t/b.jpg"));
        assertThat(train(listed).err()).contains("There is no picture " + work.resolve("f/images/b.jpg"));
        assertThat(check(listed).code()).isEqualTo(2);
    }

    @Test
    void picturesOfSeveralSizesNeedACrop() throws IOException {
        Layouts.Written data = table("image,labels", "a.jpg,a.png", "b.jpg,b.png");
        ImageFiles.writeJpeg(new RgbImage(48, 32, new byte[48 * 32 * 3]), work.resolve("t/b.jpg"));
        ImageFiles.writeLabels(Raster.labels(48, 32, new float[48 * 32]), work.resolve("t/b.png"));
        String crop = "data.augment=[{type: random-crop, width: 16, height: 16}]";

        Result checked = check(data, "data.augment=[]");
        Result refused = train(data, "data.augment=[]");

        assertThat(checked.code()).isEqualTo(2);
        assertThat(checked.out()).contains("a is 32 x 24 and b is 48 x 32. End data.augment with a random-crop");
        assertThat(check(data, crop).out()).contains("Nothing is wrong.");
        assertThat(check(data, "data.augment=[]", "training.batch=1").out()).contains("Nothing is wrong.");
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains("must have one size");
        assertThat(refused.out()).doesNotContain("images/s");
        assertThat(train(table("image,labels", "a.jpg,a.png"), "data.augment=[random-scale]")
                        .err())
                .contains("must have one size");
    }

    @Test
    void aPictureThatIsListedTwiceIsSaidByItsRows() throws IOException {
        Result refused = train(table("image,labels", "a.jpg,a.png", "b.jpg,b.png", "a.jpg,a.png"));

        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains("rows 1 and 3 name the same picture, a.jpg");
    }

    @Test
    void aNameThatIsTooLongForAFileIsFoundBeforeTraining() throws IOException {
        String deep = "d".repeat(120) + "/" + "e".repeat(120) + ".jpg";
        Layouts.Written data = table("image,labels", "a.jpg,a.png", deep + ",a.png");
        Files.createDirectories(work.resolve("t/" + deep).getParent());
        Files.copy(work.resolve("t/b.jpg"), work.resolve("t/" + deep));

        assertThat(train(data).err()).contains("1 of its 2 samples", "cannot be the name of a file");
        assertThat(check(data).code()).isEqualTo(2);
        assertThat(train(data, "--skip-bad").code()).isZero();
    }

    // Checks.

    @Test
    void aCheckCountsEverything() {
        Result result = check(Layouts.ade20k(work));

        assertThat(result.code()).as(result.out()).isZero();
        assertThat(result.err()).isEmpty();
        assertThat(result.out())
                .containsPattern("data.train\\s+-+\\s+samples +2\\s+sizes +32 x 24\\s+pixels that do not count +25.00%")
                // One quarter of two pictures of 32 x 24 pixels, a third of what counts.
                .containsPattern("0 +wall +384 +33.33% +2")
                .containsPattern("149 +flag +384 +33.33% +2")
                .containsPattern("2 +sky +0 +0.00% +0")
                .contains("Note: data.train: 147 of 150 classes are on no picture: sky, floor, ")
                .contains("Nothing is wrong.");
    }

    @Test
    void aCheckNamesWhatIsWrong() throws IOException {
        Layouts.Written data = damaged();
        Path data2016 = work.resolve("ADEChallengeData2016");
        Path map = data2016.resolve("annotations/validation/ADE_val_00000001.png");
        Layouts.labelled(data2016.resolve("images/validation/ADE_val_00000001.jpg"), map, 2, 0, 1, 2, 151);
        Layouts.labelled(
                data2016.resolve("images/validation/ADE_val_00000003.jpg"),
                data2016.resolve("annotations/validation/ADE_val_00000003.png"),
                2,
                0,
                1,
                1,
                1);

        Result result = check(data);
        Result brief = check(data, "--show=1");

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.out())
                .containsPattern("cannot be used +2")
                .contains("4 problems:")
                .contains("There is no file " + data2016.resolve("annotations/training/ADE_train_00000001.png"))
                .contains("ADE_val_00000002.jpg is damaged")
                .contains(map + ": the pixel at (16, 12) has label 151, but the scene parsing benchmark")
                .contains("1 pictures of data.val are in data.train, too: ADE_val_00000003 (ADE_train_00000002 there)");
        assertThat(brief.out()).contains("4 problems:", "and 3 more; --show=N lists N");
    }

    @Test
    void aCheckLooksAtDepthAndDuplicates() {
        Layouts.nyuDepth(work);
        Path data = work.resolve("nyu_depth_v2");
        Layouts.text(
                data.resolve("train_list.txt"),
                "study_room_0004/rgb_00045.jpg study_room_0004/sync_depth_00045.png",
                "./study_room_0004/rgb_00045.jpg ./study_room_0004/sync_depth_00045.png");
        Layouts.Written same = new Layouts.Written(
                "nyu-depth",
                work,
                "{type: nyu-depth, root: '%s', max-depth: 1.5}".formatted(work),
                "{type: nyu-depth, root: '%s', split: test, max-depth: 200}".formatted(work));

        Result result = check(same, DEPTH);

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.out())
                .containsPattern("depth +1.000 to 3.000 m")
                .containsPattern("pixels with depth +75.00%")
                .containsPattern("depths beyond max-depth +66.67%")
                .contains(
                        "Note: data.train: 1 samples are there twice: ._study_room_0004_rgb_00045 is the same as study_room")
                .contains("data.train: 66.67% of the depths are beyond max-depth, 1.5 m; the largest is 3.0 m.")
                .contains("data.val: the largest depth is 3.0000 m, but max-depth is 200.0 m. Set max-depth");
    }

    @Test
    void aCheckSeesThatNothingCounts() {
        Path root = work.resolve("mine");
        for (String split : List.of("train", "val")) {
            Layouts.picture(root.resolve("images/" + split + "/a.png"), 4, 4, split.length());
            Path map = root.resolve("annotations/" + split + "/a.png");
            assertThat(map.getParent().toFile().mkdirs()).isTrue();
            ImageFiles.writeLabels(Raster.labels(4, 4, new float[16]), map);
        }
        String folder = "{type: folder, root: '%s', split: %s, class-names: [a, b], reduce-zero-label: true}";
        Result result = check(
                new Layouts.Written("folder", root, folder.formatted(root, "train"), folder.formatted(root, "val")));

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.out())
                .contains(
                        "data.train: no pixel has a label that counts. Look at reduce-zero-label, ignore and the folder of the label maps.");
    }

    @Test
    void dataThatIsMadeIsCheckedToo() {
        Result result = Result.of("data", "check", CommandsTest.micro());

        assertThat(result.code()).isZero();
        assertThat(result.out()).containsPattern("samples +6").containsPattern("depth +\\d\\.\\d+ to");
    }

    // The picture of samples.

    @Test
    void samplesAreShownAsTheyAreTrainedOn() {
        Path sheet = work.resolve("sheet.png");
        Result result = run(
                Layouts.ade20k(work),
                Stream.of("data", "show", CommandsTest.micro(), "--to=" + sheet, "--count=2"),
                "data.augment=[{type: random-flip, probability: 1}]");

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out()).contains("The samples are in " + sheet);
        RgbImage picture = ImageFiles.readRgb(sheet);
        // Three columns of 240 and gaps of 8.
        assertThat(picture.width()).isEqualTo(3 * 248 + 8);
        // The photograph's left half is dark as stored, and its right half as trained on.
        assertThat(red(picture, 8 + 30, 40)).isBetween(45, 75);
        assertThat(red(picture, 8 + 210, 40)).isLessThan(15);
        assertThat(red(picture, 2 * 248 + 8 + 30, 40)).isLessThan(15);
        assertThat(red(picture, 2 * 248 + 8 + 210, 40)).isBetween(45, 75);
        // Label 1, wall, is in the upper right quarter as stored.
        assertThat(picture.rgb(248 + 8 + 30, 40)).isEqualTo(0x787878);
    }

    private static int red(RgbImage picture, int x, int y) {
        return picture.rgb(x, y) >> 16;
    }

    @Test
    void thereMustBeSomethingToShow() {
        Result result = Result.of("data", "show", CommandsTest.micro(), "--count=0");
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains("--count must be at least 1");
    }

    @Test
    void readingIsTimed() {
        Result result = Result.of("data", "bench", CommandsTest.micro(), "--samples=3");

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out())
                .containsPattern("read +1 +3 +\\d+\\.\\d")
                .containsPattern("read and augment +2 +3 +\\d+\\.\\d");
        assertThat(Result.of("data", "bench", CommandsTest.micro(), "--samples=0")
                        .err())
                .contains("--samples must be at least 1");
    }
}
