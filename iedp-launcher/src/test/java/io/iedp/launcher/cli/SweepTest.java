package io.iedp.launcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.iedp.config.plugin.PluginJars;
import io.iedp.io.file.Folders;
import io.iedp.io.image.ImageFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sweeps of the smallest model. */
class SweepTest {
    @TempDir
    private Path work;

    private Result sweep(String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "sweep",
                CommandsTest.micro(),
                "output=" + work,
                "report.samples=0",
                "report.baseline=false",
                "training.steps=2"));
        arguments.addAll(List.of(more));
        return Result.of(arguments.toArray(String[]::new));
    }

    private Path folder() {
        return work.resolve("micro-sweep");
    }

    private static double goal(Path run) throws IOException {
        List<String> lines = Files.readAllLines(run.resolve("metrics.csv"));
        return Double.parseDouble(lines.get(lines.size() - 1).split(",")[1]);
    }

    @Test
    void aSweepIsResumedWhereItStopped() throws IOException {
        Result first = sweep("seed=1,2");
        double one = goal(folder().resolve("seed=1"));
        double two = goal(folder().resolve("seed=2"));
        Files.delete(folder().resolve("seed=2/result.json"));
        Result second = sweep("seed=1,2");
        Result third = sweep("seed=1,2");

        assertThat(first.code()).as(first.err()).isZero();
        assertThat(second.out()).contains("seed=1 is done already", "Run 2 of 2: seed=2", "Going on after step 2");
        assertThat(third.out()).contains("seed=2 is done already").doesNotContain("Training");
        try (Stream<Path> runs = Files.list(folder()).filter(Files::isDirectory)) {
            assertThat(runs.map(each -> each.getFileName().toString())).containsExactlyInAnyOrder("seed=1", "seed=2");
        }
        // For two values, the sample standard deviation is their distance over the square root of 2.
        String cell = String.format(Locale.ROOT, "%.4f ± %.4f", (one + two) / 2, Math.abs(one - two) / Math.sqrt(2));
        assertThat(third.out()).contains(cell);
        assertThat(Files.readString(folder().resolve("sweep.md")))
                .contains("Judged by mIoU, higher is better", "| runs | mIoU |", "| 2 | " + cell);
        assertThat(Files.readAllLines(folder().resolve("sweep.csv")))
                .hasSize(3)
                .contains("seed,status,mIoU,mAcc,aAcc,run,problem")
                .anyMatch(line -> line.startsWith("1,done," + one + ",") && line.endsWith(",seed=1,"))
                .anyMatch(line -> line.startsWith("2,done," + two + ",") && line.endsWith(",seed=2,"));
        assertThat(ImageFiles.readRgb(folder().resolve("sweep.png")).width()).isGreaterThan(300);
    }

    @Test
    void aRunWithoutACheckpointBeginsAgainInAnotherFolder() throws IOException {
        sweep("seed=1,2");
        Files.delete(folder().resolve("seed=1/result.json"));
        Folders.delete(folder().resolve("seed=1/checkpoints"));

        assertThat(sweep("seed=1,2").code()).isZero();
        assertThat(folder().resolve("seed=1-2/result.json")).exists();
    }

    @Test
    void valuesAreNoMarkupInTheTable() throws IOException {
        Result result = sweep("guidance.explicit.template=a <script>|x,a *photo*");

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(Files.readString(folder().resolve("sweep.md")))
                .contains("a &lt;script&gt;\\|x", "a \\*photo\\*", "Paired differences, rows minus columns")
                .doesNotContain("<script>");
    }

    @Test
    void rowsAreComparedSeedBySeed() throws IOException {
        Result result = sweep("seed=1,2", "training.learning-rate=1e-2,1e-3");

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out()).contains("Paired differences of mIoU, rows minus columns:");
        assertThat(Files.readAllLines(folder().resolve("differences.csv")))
                .hasSize(3)
                .anyMatch(line -> line.startsWith("1e-2,1e-3,2,"))
                .anyMatch(line -> line.startsWith("1e-3,1e-2,2,"));
    }

    @Test
    void aDamagedResultIsAMatterOfItsRunAlone() throws IOException {
        sweep("seed=1,2");
        Files.writeString(folder().resolve("seed=1/result.json"), "{\"goal\": ");
        Result second = sweep("seed=1,2");

        assertThat(second.code()).isNotZero();
        assertThat(second.out()).contains("seed=1 failed: ", "result.json, which the run wrote, cannot be read");
        assertThat(Files.readAllLines(folder().resolve("sweep.csv")))
                .anyMatch(line -> line.startsWith("1,failed,"))
                .anyMatch(line -> line.startsWith("2,done,"));
    }

    @Test
    void oneThatFailsLeavesTheOthers() throws IOException {
        PluginJars.write(work.resolve("plugins"), "Failing", PluginJars.source("Failing"));
        Path variants = Files.writeString(work.resolve("variants.yaml"), """
                broken: ["head={type: acme/failing, how: throw, after: 0}"]
                diverges: ["head={type: acme/failing, how: diverge, after: 0}", training.max-bad-steps=1]
                plain: []
                """);

        Result result = sweep(
                "--variants",
                variants.toString(),
                "--plugins",
                work.resolve("plugins").toString());

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.out())
                .contains("variant=broken failed", "the probe broke")
                .contains("variant=diverges failed: The loss or the gradient of step 1 is not a finite number")
                .containsPattern("plain +1 +0\\.\\d{4}");
        assertThat(Files.readAllLines(folder().resolve("sweep.csv")))
                .extracting(line -> line.split(",")[0] + " " + line.split(",")[1])
                .containsExactly("variant status", "broken failed", "diverges failed", "plain done");
    }

    @Test
    void aBadValueIsReportedBeforeAnyRun() throws IOException {
        Result value = sweep("seed=1,2", "training.batch=2,0,many");
        Result variants = sweep(
                "--variants",
                Files.writeString(work.resolve("variants.yaml"), "a: [seed]\nb: 3\n")
                        .toString());

        assertThat(value.code()).isEqualTo(2);
        assertThat(value.err()).startsWith("2 problems in").contains("training.batch=0", "training.batch=many");
        assertThat(variants.code()).isEqualTo(2);
        assertThat(variants.err()).startsWith("2 problems in").contains("variants.yaml:1:5", "variants.yaml:2:4");
        assertThat(folder()).doesNotExist();
    }
}
