package io.iedp.launcher.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.iedp.api.data.Raster;
import io.iedp.api.data.RgbImage;
import io.iedp.config.plugin.PluginJars;
import io.iedp.io.image.ImageFiles;
import io.iedp.nn.files.SafeTensors;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole way, with the smallest model: train, evaluate, predict. */
class TrainingTest {
    @TempDir
    private static Path shared;

    private static Result trained;
    private static Path run;

    @TempDir
    private Path work;

    @BeforeAll
    static void trainOnce() {
        trained = train(shared, "report.references={small rate: [training.learning-rate=1e-6]}");
        run = shared.resolve("micro");
        assertThat(trained.code()).as(trained.err()).isZero();
    }

    private static Result train(Path output, String... more) {
        List<String> arguments = new ArrayList<>(List.of("train", CommandsTest.micro(), "output=" + output));
        arguments.addAll(List.of(more));
        return Result.of(arguments.toArray(String[]::new));
    }

    /** What a run measured, without the columns that hold times. */
    private static String measured(Path folder) throws IOException {
        String training = Files.readAllLines(folder.resolve("training.csv")).stream()
                .map(line -> Arrays.stream(line.split(",")).limit(6).collect(Collectors.joining(",")))
                .collect(Collectors.joining("\n"));
        return training + "\n" + Files.readString(folder.resolve("metrics.csv"));
    }

    @Test
    void theRunFolderShowsEverything() throws IOException {
        for (String name : List.of("experiment.yaml", "data.json", "run.log", "comparison.csv", "classes.csv")) {
            assertThat(run.resolve(name)).isNotEmptyFile();
        }
        assertThat(Files.readAllLines(run.resolve("training.csv")))
                .hasSize(1 + 4)
                .first()
                .isEqualTo(
                        "step,loss,loss.implicit,loss.explicit,learning_rate,gradient_norm,images_per_second,wait_share,skipped,resident_mib");
        assertThat(Files.readAllLines(run.resolve("metrics.csv")))
                .hasSize(1 + 2)
                .first()
                .isEqualTo("step,mIoU,mAcc,aAcc");
        assertThat(Files.readAllLines(run.resolve("comparison.csv")))
                .extracting(line -> line.split(",")[0])
                .containsExactly("predictor", "this run", "majority class", "small rate");
        assertThat(Files.readString(run.resolve("run.log")))
                .contains("Training 4 steps of 2 samples on cpu")
                .contains("step 4:");
        for (String name : List.of("loss.png", "metrics.png", "samples.png")) {
            RgbImage picture = ImageFiles.readRgb(run.resolve(name));
            assertThat(picture.width()).isGreaterThan(300);
        }
        try (Stream<Path> samples = Files.list(run.resolve("samples"))) {
            assertThat(samples)
                    .hasSize(2 * 3)
                    .allSatisfy(
                            file -> assertThat(ImageFiles.readRgb(file).width()).isEqualTo(32));
        }
        try (SafeTensors checkpoint = SafeTensors.open(run.resolve("checkpoint.safetensors"))) {
            assertThat(checkpoint.metadata()).containsEntry("step", "4");
            assertThat(checkpoint.names())
                    .contains("head.conv_seg.weight", "backbone.unet.conv_in.weight", "guidance.implicit.queries");
        }
        assertThat(parts(shared)).isEmpty();
    }

    /** What a write that was cut off would leave. */
    private static List<Path> parts(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".part")).toList();
        }
    }

    @Test
    void thePageNeedsNothingElse() throws IOException {
        String page = Files.readString(run.resolve("index.html"));

        assertThat(page)
                .startsWith("<!DOCTYPE html>")
                .contains(
                        "<h1>micro</h1>", "small rate", "majority class", "floor", "stable-diffusion", "PyTorch 2.7.1")
                .doesNotContain("http:", "https:", "<script", "<link", "url(");
        assertThat(page.split("<img ", -1))
                .hasSize(1 + 4)
                .filteredOn(part -> part.startsWith("alt"))
                .allMatch(part -> part.contains("src=\"data:image/png;base64,"));
    }

    @Test
    void aTokenInAnAddressIsWrittenNowhere() throws IOException {
        Result result =
                train(work, "hooks=[{type: mlflow, uri: 'http://ada:s3cret@127.0.0.1:1/x?token=s3cret'}, tensorboard]");

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out() + result.err()).contains("MLflow").doesNotContain("s3cret");
        try (Stream<Path> files = Files.walk(work).filter(Files::isRegularFile)) {
            assertThat(files)
                    .hasSizeGreaterThan(10)
                    .allSatisfy(file -> assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                            .doesNotContain("s3cret"));
        }
    }

    @Test
    void namesDoNothingToATerminal() {
        Result result = Result.of(
                "predict",
                run.toString(),
                work.resolve("a\u001b[31m\u202egpj.png").toString());

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains("a\uFFFD[31m\uFFFDgpj.png").doesNotContain("\u001b", "\u202e");
    }

    @Test
    void progressIsPlainLinesOffATerminal() {
        assertThat(trained.out())
                .contains("Training 4 steps of 2 samples on cpu")
                .containsPattern("4/4  training  loss \\d+\\.\\d{4}  \\d+\\.\\d images/s  waiting \\d+ %  ETA 0:00:00")
                .containsPattern("step 2:  mIoU 0\\.\\d{4}")
                .containsPattern("majority class +0\\.\\d{4}")
                .contains("open " + run.resolve("index.html"))
                .doesNotContain("\u001b");
    }

    @Test
    void oneSeedGivesOneResult() throws IOException {
        train(work, "name=again");
        train(work, "name=other", "seed=1");

        assertThat(work.resolve("again/checkpoint.safetensors"))
                .hasSameBinaryContentAs(run.resolve("checkpoint.safetensors"));
        assertThat(measured(work.resolve("again"))).isEqualTo(measured(run));
        assertThat(measured(work.resolve("other"))).isNotEqualTo(measured(run));
    }

    @Test
    void theNumberOfWorkersChangesNothing() throws IOException {
        train(work, "data.workers=5");

        assertThat(measured(work.resolve("micro"))).isEqualTo(measured(run));
    }

    @Test
    void theResolvedFileIsTheSameRun() throws IOException {
        Result again = Result.of("train", run.resolve("experiment.yaml").toString());

        assertThat(again.code()).isZero();
        assertThat(again.out()).contains("run folder " + shared.resolve("micro-2"));
        assertThat(measured(shared.resolve("micro-2"))).isEqualTo(measured(run));
        assertThat(shared.resolve("micro-2/experiment.yaml")).hasSameTextualContentAs(run.resolve("experiment.yaml"));
    }

    @Test
    void evaluationRepeatsWhatTrainingReported() throws IOException {
        Result result = Result.of("eval", run.toString());

        String[] names = Files.readAllLines(run.resolve("metrics.csv")).get(0).split(",");
        String[] last = Files.readAllLines(run.resolve("metrics.csv")).get(2).split(",");
        assertThat(result.code()).isZero();
        for (int i = 1; i < names.length; i++) {
            String value = String.format(Locale.ROOT, "%.4f", Double.parseDouble(last[i]));
            assertThat(result.out()).containsPattern(names[i] + " +" + value);
        }
        assertThat(run.resolve("evaluation/metrics.json")).hasSameTextualContentAs(run.resolve("result.json"));
        assertThat(run.resolve("evaluation/classes.csv")).hasSameTextualContentAs(run.resolve("classes.csv"));
    }

    @Test
    void theFiguresOfAnEvaluationGoWhereTheyAreWanted() {
        Path to = work.resolve("new/figures");

        Result result = Result.of("eval", run.toString(), "data.val.count=3", "--to", to.toString());

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(to.resolve("metrics.json")).content().contains("\"mIoU\": ");
    }

    @Test
    void evaluationTakesOtherDataAndALimit() {
        Result other = Result.of("eval", run.toString(), "data.val.start=5000");
        Result ten = Result.of("eval", run.toString(), "data.val.count=10");
        Result limited = Result.of("eval", run.toString(), "data.val.count=10", "--limit-batches=1");
        Result eight = Result.of("eval", run.toString(), "data.val.count=8");
        Result none = Result.of("eval", run.toString(), "--limit-batches=0");

        assertThat(other.code()).isZero();
        assertThat(other.out()).isNotEqualTo(Result.of("eval", run.toString()).out());
        // A batch has up to eight pictures.
        assertThat(limited.code()).isZero();
        assertThat(limited.out()).isEqualTo(eight.out()).isNotEqualTo(ten.out());
        assertThat(none.code()).isEqualTo(2);
        assertThat(none.err()).contains("--limit-batches must be at least 1");
    }

    @Test
    void otherWordsAreMeasuredToo() {
        Result result = Result.of("eval", run.toString(), "--prompts", "true,empty,shuffled,wrong");

        assertThat(result.code()).as(result.err()).isZero();
        List<String> rows = result.out()
                .lines()
                .filter(line -> line.matches("explicit +(true|empty|shuffled|wrong) .*"))
                .map(line -> line.replaceFirst("explicit +\\w+ +", ""))
                .toList();
        assertThat(rows).hasSize(4);
        assertThat(rows.get(0)).isNotEqualTo(rows.get(1)).isNotEqualTo(rows.get(3));
        assertThat(result.out()).contains("explicit, wrong prompts: Sizes").doesNotContain("implicit");
    }

    @Test
    void aModelThatIsToldNoWordsHasNoOthers() {
        String image = "guidance={$replace: {seen: {type: none}}}";

        Result reported = train(work, image, "report.prompts=true");

        assertThat(reported.code()).isEqualTo(2);
        assertThat(reported.err())
                .contains("None of the guidance branches [seen] is told words about a picture", "label-prompt");
        assertThat(work.resolve("micro/checkpoint.safetensors")).doesNotExist();
    }

    @Test
    void theReportShowsWhatWordsAreWorth() throws IOException {
        Result result = train(work, "report.prompts=true", "data.val.count=2");

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(work.resolve("micro/index.html")).content().contains("Prompts", "explicit, shuffled prompts: Sizes");
    }

    @Test
    void aDryRunShowsTheModelAndWritesNothing() throws IOException {
        Result result = train(work, "--dry-run");

        assertThat(result.code()).isZero();
        assertThat(result.out())
                .containsPattern("pixels +\\(2, 3, 24, 32\\)")
                .containsPattern("guidance implicit +\\(2, 8, 16\\)")
                .containsPattern("output +\\(2, 16, \\d+, \\d+\\)")
                .containsPattern("backbone\\.unet +[1-9]");
        try (Stream<Path> files = Files.list(work)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void limitedRunsStopEarly() throws IOException {
        Result result = train(work, "--limit-batches=1", "report.baseline=false", "report.samples=0");

        assertThat(result.code()).isZero();
        assertThat(Files.readAllLines(work.resolve("micro/training.csv"))).hasSize(2);
        assertThat(work.resolve("micro/samples.png")).doesNotExist();
        assertThat(work.resolve("micro/index.html")).isNotEmptyFile();
    }

    @Test
    void picturesOfAnySizeAndKindAreOverlaid() throws IOException {
        Path pixel = picture("pixel.png", 1, 1, BufferedImage.TYPE_INT_RGB);
        Path odd = picture("odd.jpg", 45, 31, BufferedImage.TYPE_INT_RGB);
        Path grey = picture("grey.png", 33, 17, BufferedImage.TYPE_BYTE_GRAY);
        Path deep = picture("deep.png", 18, 20, BufferedImage.TYPE_USHORT_GRAY);
        Path palette = picture("palette.png", 24, 24, BufferedImage.TYPE_BYTE_INDEXED);
        Path clear = picture("clear.png", 40, 25, BufferedImage.TYPE_INT_ARGB);
        Path wide = picture("wide.png", 700, 3, BufferedImage.TYPE_INT_RGB);
        Path turned = turned(picture("turned.jpg", 48, 20, BufferedImage.TYPE_INT_RGB));
        Path twin =
                Files.copy(pixel, Files.createDirectory(work.resolve("twin")).resolve("odd.png"));

        Result result = predict(pixel, odd, grey, deep, palette, clear, wide, turned, twin);

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out().lines().map(line -> Path.of(line).getFileName() + " " + size(Path.of(line))))
                .containsExactly(
                        "pixel-overlay.png 1x1",
                        "odd-overlay.png 45x31",
                        "grey-overlay.png 33x17",
                        "deep-overlay.png 18x20",
                        "palette-overlay.png 24x24",
                        "clear-overlay.png 40x25",
                        "wide-overlay.png 700x3",
                        "turned-overlay.png 20x48",
                        "odd-2-overlay.png 1x1");
        Raster labels = ImageFiles.readLabels(work.resolve("overlays/odd-prediction.png"));
        assertThat(List.of(labels.width(), labels.height())).containsExactly(45, 31);
    }

    @Test
    void foldersAndPatternsStandForTheirPictures() throws IOException {
        Path folder = Files.createDirectory(work.resolve("photos"));
        picture("photos/b.png", 20, 20, BufferedImage.TYPE_INT_RGB);
        picture("photos/a.jpg", 20, 20, BufferedImage.TYPE_INT_RGB);
        Files.writeString(folder.resolve("notes.txt"), "");
        Path empty = Files.createDirectory(work.resolve("empty"));

        Result all = predict(folder);
        Result some = predict(Path.of(work + "/ph*/*.png"));
        Result nothing = predict(empty, folder);
        Result noMatch = predict(Path.of(folder + "/*.webp"));

        assertThat(all.out().lines().map(line -> Path.of(line).getFileName().toString()))
                .containsExactly("a-overlay.png", "b-overlay.png");
        assertThat(some.out().lines().map(line -> Path.of(line).getFileName().toString()))
                .containsExactly("b-overlay.png");
        assertThat(nothing.err()).contains(empty + " has no pictures");
        assertThat(nothing.out()).isEmpty();
        assertThat(noMatch.err()).contains("no picture matches " + folder + "/*.webp");
    }

    /** The rooms' classes and their colours, as 'iedp data check' names them, index by index. */
    @Test
    void labelsHaveTheirColoursAndALegend() throws IOException {
        predict(picture("good.png", 20, 20, BufferedImage.TYPE_INT_RGB));

        List<String> legend = Files.readAllLines(work.resolve("overlays/legend.csv"));
        assertThat(legend.get(0)).isEqualTo("value,class,color");
        assertThat(legend.get(1)).startsWith("0,wall,#");
        BufferedImage picture =
                ImageIO.read(work.resolve("overlays/good-prediction.png").toFile());
        Raster labels = ImageFiles.readLabels(work.resolve("overlays/good-prediction.png"));
        String color = String.format(Locale.ROOT, "#%06x", picture.getRGB(7, 9) & 0xffffff);
        assertThat(legend.get(1 + (int) labels.at(0, 7, 9))).endsWith("," + color);
    }

    @Test
    void picturesThatCannotBeReadAreReportedAfterTheOthers() throws IOException {
        Path good = picture("good.png", 20, 20, BufferedImage.TYPE_INT_RGB);
        Path damaged = work.resolve("damaged.png");
        Files.write(damaged, Arrays.copyOf(Files.readAllBytes(good), 60));
        Path text = Files.writeString(work.resolve("text.jpg"), "not a picture");
        Path missing = work.resolve("missing.jpg");
        Path large = work.resolve("large.jpg");
        try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
            file.setLength(3L << 30); // takes no room on the disk
        }

        Result result = predict(damaged, missing, large, text, good);

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.out().lines())
                .containsExactly(work.resolve("overlays/good-overlay.png").toString());
        assertThat(result.err().lines())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith(damaged + " is damaged"),
                        line -> assertThat(line).isEqualTo("There is no file " + missing),
                        line -> assertThat(line).startsWith(large + " is too large: it has 3072 MiB"),
                        line -> assertThat(line).startsWith(text + " is no picture"));
        assertThat(parts(work)).isEmpty();
    }

    /** Halves have 11 significant bits, so each weight is off by at most a 2048th of it, or by a tiny number's last bit. */
    @Test
    void aPublishedRunPredictsAndCanBeMeasured() throws IOException {
        Path published = work.resolve("given");
        String[] publish = {"publish", run.toString(), published.toString()};

        Result result = Result.of(publish);

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(published)
                .isDirectoryNotContaining(
                        file -> !List.of("experiment.yaml", "data.json", "serving.properties", "checkpoint.safetensors")
                                .contains(file.getFileName().toString()));
        try (NDManager manager = NDManager.newBaseManager();
                SafeTensors all = SafeTensors.open(run.resolve("checkpoint.safetensors"));
                SafeTensors halves = SafeTensors.open(published.resolve("checkpoint.safetensors"))) {
            assertThat(halves.names()).isEqualTo(all.names());
            for (String name : all.names()) {
                NDArray half = halves.readAsStored(name, manager);
                assertThat(half.getDataType()).as(name).isEqualTo(DataType.FLOAT16);
                float[] given = half.toType(DataType.FLOAT32, true).toFloatArray();
                float[] exact = all.readFrozen(name, manager).toFloatArray();
                for (int i = 0; i < exact.length; i++) {
                    assertThat(given[i]).as(name).isCloseTo(exact[i], within(Math.abs(exact[i]) / 2048 + 1e-7f));
                }
            }
        }
        String picture = picture("room.png", 32, 24, BufferedImage.TYPE_INT_RGB).toString();
        assertThat(Result.of("predict", published.toString(), picture).code()).isZero();
        assertThat(published.resolve("predictions/room-overlay.png")).isNotEmptyFile();
        assertThat(Result.of("eval", published.toString()).code()).isZero();
        Result again = Result.of(publish);
        assertThat(again.code()).isEqualTo(2);
        assertThat(again.err()).contains(published + " is not empty; nothing was written");
        assertThat(Result.of("publish", work.toString(), published.toString()).err())
                .contains(work + " is no run folder");
    }

    private Result predict(Path... images) {
        List<String> arguments = new ArrayList<>(List.of(
                "predict", run.toString(), "--to", work.resolve("overlays").toString()));
        Arrays.stream(images).map(Path::toString).forEach(arguments::add);
        return Result.of(arguments.toArray(String[]::new));
    }

    private Path picture(String name, int width, int height, int type) throws IOException {
        BufferedImage image = new BufferedImage(width, height, type);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, 0xff000000 | (x * 255 / width) << 16 | (y * 255 / height) << 8 | 0x40);
            }
        }
        Path file = work.resolve(name);
        assertThat(ImageIO.write(image, name.endsWith("jpg") ? "jpg" : "png", file.toFile()))
                .isTrue();
        return file;
    }

    /** Adds an EXIF segment that says that the camera was held on its side (orientation 6). */
    private static Path turned(Path jpeg) throws IOException {
        byte[] bytes = Files.readAllBytes(jpeg);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(bytes, 0, 2);
        out.write(new byte[] {(byte) 0xff, (byte) 0xe1, 0, 34, 'E', 'x', 'i', 'f', 0, 0});
        out.write(new byte[] {'M', 'M', 0, 42, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0});
        out.write(bytes, 2, bytes.length - 2);
        return Files.write(jpeg, out.toByteArray());
    }

    private static String size(Path picture) {
        RgbImage image = ImageFiles.readRgb(picture);
        return image.width() + "x" + image.height();
    }

    @Test
    void exportedDataTrainsThroughFiles() throws IOException {
        String[] settings = {
            "data.export={to: %s, train: {type: rooms, count: 4, width: 32, height: 24}, val: {type: rooms, count: 2, start: 50, width: 32, height: 24}}"
                    .formatted(work.resolve("rooms")),
            "data.train={type: folder, root: \"${data.export.to}\", split: training, reduce-zero-label: true}",
            "data.val={type: folder, root: \"${data.export.to}\", split: validation, reduce-zero-label: true}"
        };

        Result first = train(work.resolve("first"), settings);
        Result second = train(work.resolve("second"), settings);

        assertThat(first.code()).as(first.err()).isZero();
        assertThat(first.out()).contains("Writing data to " + work.resolve("rooms"));
        assertThat(second.out()).contains("is there already");
        assertThat(measured(work.resolve("second/micro"))).isEqualTo(measured(work.resolve("first/micro")));
    }

    @Test
    void aThirdPartyHeadIsTrainedWithoutTouchingAModule() throws IOException {
        Path plugins = work.resolve("plugins");
        PluginJars.write(plugins, "LinearProbe", PluginJars.source("LinearProbe"));

        Result result = train(work, "head={type: acme/linear-probe, spread: 0.1}", "--plugins", plugins.toString());
        Result predicted = Result.of(
                "predict",
                work.resolve("micro").toString(),
                picture("room.png", 32, 24, BufferedImage.TYPE_INT_RGB).toString(),
                "--plugins",
                plugins.toString());
        Result without = Result.of("eval", work.resolve("micro").toString());

        assertThat(result.code()).as(result.err()).isZero();
        try (SafeTensors checkpoint = SafeTensors.open(work.resolve("micro/checkpoint.safetensors"))) {
            assertThat(checkpoint.names()).contains("head.weight").doesNotContain("head.conv_seg.weight");
        }
        assertThat(predicted.code()).as(predicted.err()).isZero();
        assertThat(without.code()).isEqualTo(2);
        assertThat(without.err()).contains("no head of type 'acme/linear-probe' is installed", "--plugin-path=");
    }

    @Test
    void aLossThatIsNoNumberStopsTheRunAndKeepsTheCheckpoint() throws IOException {
        PluginJars.write(work.resolve("plugins"), "Failing", PluginJars.source("Failing"));

        Result result = train(
                work,
                "head={type: acme/failing, how: diverge}",
                "training.max-bad-steps=2",
                "training.steps=6",
                "--plugins",
                work.resolve("plugins").toString());

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err())
                .contains("The loss or the gradient of step 4 is not a finite number, 2 in a row")
                .contains("What is not finite first is 'output of implicit' (2, 16, 12, 16), of the samples [")
                .contains("training.learning-rate")
                .doesNotContain("\tat ");
        assertThat(result.out()).contains("its log is " + work.resolve("micro/run.log"));
        assertThat(Files.readAllLines(work.resolve("micro/training.csv"))).hasSize(1 + 3);
        assertThat(Result.of(
                                "eval",
                                work.resolve("micro").toString(),
                                "--plugins",
                                work.resolve("plugins").toString())
                        .code())
                .isZero();
    }

    /** At a rate of 0 no evaluation is better than the first. */
    @Test
    void hooksOfTheFileGoAlong() throws IOException {
        Result result = train(
                work,
                "training.learning-rate=0",
                "training.steps=40",
                "head={type: linear, norm: false}",
                "hooks=[tensorboard, {type: early-stopping, patience: 2}]");

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out())
                .contains("Training ends early: 2 evaluations in a row have not made mIoU better than 0.")
                .contains("this run");
        assertThat(Files.readAllLines(work.resolve("micro/training.csv"))).hasSize(1 + 6);
        assertThat(work.resolve("micro/checkpoints/step-6/state.json"))
                .content()
                .contains("\"without\": \"2\"");
        assertThat(work.resolve("micro/tensorboard")).isDirectoryContaining("glob:**/events.out.tfevents.*");
    }

    @Test
    void theEnvironmentIsRecorded() throws IOException {
        assertThat(Files.readString(run.resolve("environment.json")))
                .contains("\"iedp\": ", "\"engine\": \"PyTorch 2.7.1\"", "\"device\": \"cpu\"", "\"seed\": \"0\"");
    }

    @Test
    void aFaultOfAPluginEndsWithOneAndALog() throws IOException {
        PluginJars.write(work.resolve("plugins"), "Failing", PluginJars.source("Failing"));

        Result result = train(
                work,
                "head={type: acme/failing, how: throw, after: 0}",
                "--plugins",
                work.resolve("plugins").toString());

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err())
                .contains("the probe broke", "a fault of the program or of a plugin", "--stacktrace")
                .doesNotContain("\tat ");
        assertThat(work.resolve("micro/run.log")).content().contains("the probe broke", "acme.Failing.lambda");
        assertThat(Result.of("eval", work.resolve("micro").toString()).err()).contains("has no checkpoint");
    }

    @ParameterizedTest
    @ValueSource(strings = {"started", "step", "state", "closed"})
    void aHookThatFailsIsNamed(String when) throws IOException {
        Result result = hooked(when);

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err())
                .contains("the hook 'acme/failing-hook' failed: java.lang.IllegalStateException: broke when "
                        + when.toUpperCase(Locale.ROOT))
                .doesNotContain("\tat ");
        assertThat(work.resolve("micro/run.log")).content().contains("acme.FailingHook");
    }

    @Test
    void whatTheUserCanPutRightAHookSaysItself() throws IOException {
        Result result = hooked("sorry");

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains("the disk is full").doesNotContain("failed");
    }

    @Test
    void aHookWorksWithItsPluginsClasses() throws IOException {
        assertThat(hooked("never").out()).contains("own classes true").doesNotContain("own classes false");
    }

    private Result hooked(String when) throws IOException {
        PluginJars.write(work.resolve("plugins"), "FailingHook", PluginJars.source("FailingHook"));
        return train(
                work,
                "hooks=[{type: acme/failing-hook, when: %s}]".formatted(when),
                "--plugins",
                work.resolve("plugins").toString());
    }

    /** Each weight moves by the learning rate, which halves: by 1e-3 (1 + 1/2 + 1/4 + 1/8) at most. */
    @Test
    void anOptimizerAndAScheduleOfAPluginTrain() throws IOException {
        PluginJars.write(work.resolve("plugins"), "SignDescent", PluginJars.source("SignDescent"));

        Result result = train(
                work,
                "training.optimizer={type: acme/sign-descent, length: 1}",
                "training.schedule=acme/halves",
                "--plugins",
                work.resolve("plugins").toString());

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(Files.readAllLines(work.resolve("micro/training.csv")).stream()
                        .skip(1)
                        .map(line -> Double.parseDouble(line.split(",")[4])))
                .containsExactly(1e-3, 5e-4, 2.5e-4, 1.25e-4);
        Path state = work.resolve("micro/checkpoints/step-4/optimizer.safetensors");
        try (SafeTensors kept = SafeTensors.open(state);
                NDManager manager = NDManager.newBaseManager()) {
            assertThat(kept.names()).contains("length.head.conv_seg.weight");
            assertThat(kept.read("count.head.conv_seg.weight", manager).getFloat())
                    .isEqualTo(4);
        }
        assertThat(Result.of(
                                "describe",
                                "optimizer",
                                "acme/sign-descent",
                                "--plugins",
                                work.resolve("plugins").toString())
                        .out())
                .containsPattern("length +a number +1 +Factor of every step");
    }

    @Test
    void anOutputThatCannotBeWrittenIsNamed() throws IOException {
        Path file = Files.writeString(work.resolve("taken"), "a file");

        Result result = train(file);

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains("The run folder %s cannot be made".formatted(file.resolve("micro")));
        assertThat(file).hasContent("a file");
    }

    /** Windows of 16 pixels every 4 take (32 - 16) / 4 + 1 = 5 of them across 32 and 3 down 24; those across 12 do not fit. */
    @Test
    void theCostOfManyWindowsIsSaidBeforeThePictureIsPredicted() throws IOException {
        Path copy = copy();
        Path experiment = copy.resolve("experiment.yaml");
        Files.writeString(
                experiment,
                Files.readString(experiment)
                        .replaceFirst("\\n  window: \\d+\\n", "\n  window: 16\n")
                        .replaceFirst("\\n  stride: \\d+\\n", "\n  stride: 4\n"));
        Path large = picture("large.png", 32, 24, BufferedImage.TYPE_INT_RGB);
        Path small = picture("small.png", 16, 16, BufferedImage.TYPE_INT_RGB);

        Result result = Result.of("predict", copy.toString(), large.toString(), small.toString());

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out().lines())
                .anySatisfy(line -> assertThat(line)
                        .startsWith(large + ": the model sees 32 x 24 pixels in 15 passes; what it gives takes 1 MiB"))
                .anySatisfy(line -> assertThat(line).startsWith(large + ": about 0:00:0"))
                .noneSatisfy(line -> assertThat(line).startsWith(small.toString()));
    }

    @Test
    void aPredictionThatCannotBeWrittenIsNamedAndLeavesNoHalfAFile() throws IOException {
        Path trapped = Files.createDirectories(work.resolve("predictions"));
        Files.createDirectories(trapped.resolve("good-overlay.png/inside"));
        Path good = picture("good.png", 20, 20, BufferedImage.TYPE_INT_RGB);

        Result result = Result.of("predict", run.toString(), good.toString(), "--to", trapped.toString());

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains("good-overlay.png cannot be written: ");
        assertThat(trapped).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void aDamagedCheckpointIsNamed() throws IOException {
        Path copy = copy();
        byte[] bytes = Files.readAllBytes(copy.resolve("checkpoint.safetensors"));
        Files.write(copy.resolve("checkpoint.safetensors"), Arrays.copyOf(bytes, bytes.length - 100));

        Result result = Result.of("eval", copy.toString());

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains(copy.resolve("checkpoint.safetensors").toString());
    }

    @Test
    void aCheckpointOfAnotherModelIsExplained() throws IOException {
        Path copy = copy();

        Result result = Result.of("eval", copy.toString(), "head.channels=24");

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err())
                .contains("belongs to another model")
                .contains("misshapen:  head.conv_seg.weight is (16, 16, 1, 1), the model has (16, 24, 1, 1)");
    }

    private Path copy() throws IOException {
        Path copy = Files.createDirectory(work.resolve("copy"));
        for (String name : List.of("experiment.yaml", "data.json", "checkpoint.safetensors")) {
            Files.copy(run.resolve(name), copy.resolve(name));
        }
        return copy;
    }

    @Test
    void missingDataIsNamed() {
        Path nowhere = work.resolve("nowhere");

        Result result = train(work, "data.train={type: folder, root: %s}".formatted(nowhere));

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains("There is no folder " + nowhere);
    }
}
