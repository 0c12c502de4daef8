package io.iedp.launcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.iedp.api.data.RgbImage;
import io.iedp.io.image.ImageFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several tasks on one backbone on the whole way: train, measure, predict. */
class MoreTasksTest {
    @TempDir
    private Path work;

    private Result train(String more) {
        return Result.of(
                "train",
                CommandsTest.micro(),
                "output=" + work,
                "training.steps=2",
                "evaluation.every=2",
                "more-tasks=" + more);
    }

    @Test
    void twoTasksTrainAndPredict() throws IOException {
        Result trained = train("{range: {head: {type: linear}, task: {type: depth}}}");
        assertThat(trained.code()).as(trained.err()).isZero();
        List<String> metrics = Files.readAllLines(work.resolve("micro/metrics.csv"));
        assertThat(metrics.get(0)).contains("mIoU", "range.abs_rel");
        Path picture;
        try (Stream<Path> samples = Files.list(work.resolve("micro/samples"))) {
            picture = samples.filter(file -> file.toString().endsWith("-image.png")
                            || file.toString().endsWith(".png"))
                    .sorted()
                    .findFirst()
                    .orElseThrow();
        }

        Result predicted = Result.of(
                "predict",
                work.resolve("micro").toString(),
                picture.toString(),
                "--to",
                work.resolve("out").toString(),
                "--points",
                work.resolve("points/room.ply").toString());

        assertThat(predicted.code()).as(predicted.err()).isZero();
        RgbImage seen = ImageFiles.readRgb(picture);
        assertThat(predicted.out())
                .contains("room.ply: %s points; the picture does not say its focal length, so 65 degrees are taken"
                        .formatted(seen.width() * seen.height()));
        assertThat(work.resolve("points/room.ply")).isNotEmptyFile();
        assertThatPointsAreRefused(picture, "names one file", "--points=a.ply", picture.toString());
        assertThatPointsAreRefused(
                picture, "above 0 and below 180 degrees, not 180.0", "--points=a.ply", "--field-of-view=180");
        try (Stream<Path> written = Files.list(work.resolve("out"))) {
            List<Path> files = written.sorted().toList();
            assertThat(files).hasSize(4).anyMatch(file -> file.endsWith("legend.csv"));
            Path depth = files.stream()
                    .filter(file -> file.toString().endsWith("-prediction-range.png"))
                    .findFirst()
                    .orElseThrow();
            assertThat(ImageFiles.readDepth(depth, 0.001).channels()).isOne();
        }
    }

    private void assertThatPointsAreRefused(Path picture, String message, String... more) {
        List<String> command =
                new ArrayList<>(List.of("predict", work.resolve("micro").toString(), picture.toString()));
        command.addAll(List.of(more));
        Result refused = Result.of(command.toArray(String[]::new));
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains(message);
    }

    @Test
    void whatIsWrongIsSaid() {
        Result unnamed = train("{\"a.b\": {head: {type: linear}, task: {type: depth}}}");
        Result headless = train("{range: {task: {type: depth}}}");

        assertThat(unnamed.code()).isEqualTo(2);
        assertThat(unnamed.err()).contains("more-tasks names a task 'a.b'");
        assertThat(headless.code()).isEqualTo(2);
        assertThat(headless.err()).contains("head");
    }
}
