package io.iedp.launcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code iedp export} of a run and of an experiment file. */
class ExportTest {
    @TempDir
    private static Path shared;

    @TempDir
    private Path work;

    @BeforeAll
    static void train() {
        Result trained = Result.of(
                "train",
                CommandsTest.micro(),
                "output=" + shared,
                "training.steps=2",
                "evaluation.every=0",
                "guidance={$replace: {only: {type: learned-prompts, prompts: 5}}}");
        assertThat(trained.code()).as(trained.err()).isZero();
    }

    private static String run() {
        return shared.resolve("micro").toString();
    }

    @Test
    void aRunIsWrittenAndChecked() throws IOException {
        Path file = work.resolve("new/model.onnx");

        Result result = Result.of("export", run(), "--to", file.toString(), "--check");

        assertThat(result.code()).as(result.out() + result.err()).isZero();
        assertThat(result.out())
                .containsPattern("model\\.onnx: \\d+ operations, \\d\\.\\d MiB")
                .containsPattern("1 x 3 x 8 x 12 +output +\\d\\.\\de-\\d+");
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                .contains("iedp.size-multiple", "\"name\":\"wall\"", "backbone.unet.conv_in.weight");
    }

    @Test
    void aBackboneOfAnExperimentFileTakes16BitsAndOneSize() {
        Path file = work.resolve("unet.onnx");

        Result result = Result.of(
                "export",
                CommandsTest.micro(),
                "--to",
                file.toString(),
                "part=backbone",
                "size=6x4",
                "--fp16",
                "--check");

        assertThat(result.code()).as(result.out() + result.err()).isZero();
        assertThat(result.out()).containsPattern("1 x 8 x 4 x 6 +features_0");
    }

    @Test
    void whatCannotBeIsSaidAndNothingIsWritten() {
        assertThat(Result.of("export", run(), "--to", work.resolve("model.pb").toString()))
                .satisfies(result -> assertThat(result.code()).isEqualTo(2))
                .satisfies(result -> assertThat(result.err()).contains("The file must end with .onnx"));
        assertThat(Result.of("export", run(), "--to", work.resolve("a.onnx").toString(), "size=6")
                        .err())
                .contains("size must be WIDTHxHEIGHT, as in 640x480, not '6'");
        assertThat(Result.of(
                                "export",
                                work.resolve("none").toString(),
                                "--to",
                                work.resolve("a.onnx").toString())
                        .err())
                .contains("none", "no run folder");
        assertThat(work).isEmptyDirectory();
    }
}
