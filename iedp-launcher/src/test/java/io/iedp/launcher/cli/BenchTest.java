package io.iedp.launcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.iedp.nn.files.Pickles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BenchTest {
    @TempDir
    private Path work;

    private static Result bench(String... more) {
        List<String> arguments = new ArrayList<>(List.of("bench", CommandsTest.micro()));
        arguments.addAll(List.of(more));
        return Result.of(arguments.toArray(String[]::new));
    }

    @Test
    void everyPartIsTimedAndWrittenDown() throws IOException {
        Path json = work.resolve("bench.json");
        Result result = bench("--repeats=1", "--size=32x16", "--batch=2", "--unit", "--gradients", "--json=" + json);

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out())
                .contains("median ms", "units", "GFLOP/s", "peak MiB", "One unit is ")
                .contains("backbone encode", "backbone features", "backbone forward and backward")
                .contains("guidance implicit", "guidance explicit", "whole inference");
        JsonObject all = JsonParser.parseString(Files.readString(json)).getAsJsonObject();
        assertThat(all.get("width").getAsInt()).isEqualTo(32);
        assertThat(all.get("height").getAsInt()).isEqualTo(16);
        assertThat(all.get("batch").getAsInt()).isEqualTo(2);
        assertThat(all.getAsJsonArray("parts")).hasSize(6);
        for (JsonElement part : all.getAsJsonArray("parts")) {
            JsonObject row = part.getAsJsonObject();
            double milliseconds = row.get("median-milliseconds").getAsDouble();
            assertThat(row.get("best-milliseconds").getAsDouble()).isEqualTo(milliseconds);
            // Two pictures a pass.
            assertThat(row.get("images-per-second").getAsDouble() * milliseconds)
                    .isBetween(1999.0, 2001.0);
            assertThat(row.has("gflops"))
                    .isEqualTo(!row.get("part").getAsString().contains("backward"));
        }
    }

    @Test
    void aNetworkOfOthersIsTimedInTurn() {
        Path network = work.resolve("other.pt");
        write(network, """
                class Other(Module):
                  __parameters__ = []
                  __buffers__ = []
                  training : bool
                  def forward(self: __torch__.Other, latents: Tensor, timestep: Tensor, guidance: Tensor) -> Tensor:
                    return torch.add(torch.mul(latents, timestep), torch.sum(guidance))
                """);
        Result result = bench("--repeats=1", "--size=16x16", "--against=" + network);

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out())
                .containsPattern("other\\.pt +\\d")
                .containsPattern("other\\.pt takes \\d+\\.\\d\\d times");
    }

    @Test
    void anExportedBackboneIsTimedInTurn() {
        Path graph = work.resolve("unet.onnx");
        Result exported = Result.of("export", CommandsTest.micro(), "--to", graph.toString(), "part=backbone");
        Result result = bench("--repeats=1", "--size=16x16", "--against=" + graph);
        Result whole = Result.of("export", CommandsTest.micro(), "--to", graph.toString());
        Result other = bench("--repeats=1", "--size=16x16", "--against=" + graph);

        assertThat(exported.code()).as(exported.err()).isZero();
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out()).containsPattern("unet\\.onnx takes \\d+\\.\\d\\d times");
        assertThat(whole.code()).as(whole.err()).isZero();
        assertThat(other.code()).isEqualTo(2);
        assertThat(other.err()).contains("takes [input], not [latents, context]", "part=backbone");
    }

    @ParameterizedTest
    @CsvSource({
        "--size=32, must be WIDTHxHEIGHT",
        "--size=0x32, must be WIDTHxHEIGHT",
        "--size=30x32, multiples of 4",
        "--batch=0, must be at least 1",
        "--repeats=0, must be at least 1",
        "--size=16x16 --against=missing.pt, missing.pt"
    })
    void whatCannotBeTimedIsExplained(String options, String message) {
        Result result = bench(options.split(" "));

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains(message).doesNotContain("Exception");
    }

    private static void write(Path file, String code) {
        Map<String, byte[]> entries = Map.of(
                "other/data.pkl",
                "\u0080\u0002c__torch__\nOther\n)\u0081}(X\u0008\0\0\0training\u0089ub."
                        .getBytes(StandardCharsets.ISO_8859_1),
                "other/constants.pkl",
                "\u0080\u0002).".getBytes(StandardCharsets.ISO_8859_1),
                "other/code/__torch__.py",
                code.getBytes(StandardCharsets.UTF_8),
                "other/version",
                "3\n".getBytes(StandardCharsets.UTF_8));
        Pickles.zip(file, entries, ZipEntry.STORED);
    }

    @Test
    void aTrainingStepIsTakenApart() {
        Result result = Result.of("bench", "train", CommandsTest.micro(), "--steps=2");

        assertThat(result.code()).as(result.err()).isZero();
        for (String part : List.of(
                "waiting for data",
                "encoders before guidance",
                "guidance",
                "backbone",
                "head and loss",
                "backward",
                "optimizer",
                "other")) {
            assertThat(result.out()).containsPattern(part + " +\\d+\\.\\d\\d +\\d+\\.\\d");
        }
        assertThat(result.out())
                .containsPattern("step +\\d+\\.\\d\\d +100\\.0")
                .containsPattern("one pass for all branches +\\d+\\.\\d\\d +1\\.00")
                .containsPattern("a pass for each branch, guidance encoded before +\\d+\\.\\d\\d")
                .containsPattern("a pass for each branch +\\d+\\.\\d\\d");
        assertThat(Result.of("bench").err()).contains("Missing required parameter: 'FILE'");
    }
}
