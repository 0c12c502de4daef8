package io.iedp.launcher.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.iedp.api.UserException;
import io.iedp.api.data.RgbImage;
import io.iedp.api.hook.Example;
import io.iedp.api.hook.StepReport;
import io.iedp.api.task.Goal;
import io.iedp.api.task.LegendEntry;
import io.iedp.api.task.MetricReport;
import io.iedp.api.task.MetricTable;
import io.iedp.engine.training.Measured;
import io.iedp.io.file.AtomicFiles;
import io.iedp.io.image.ImageFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunReportTest {
    @TempDir
    private Path folder;

    private static RunReport report(double loss, double metric, List<Example> examples) {
        MetricTable table = new MetricTable("IoU / class", List.of("class", "IoU"), List.of(List.of("<b>", "-")));
        History history = new History();
        history.stepped(new StepReport(1, 1, loss, Map.of("only", loss), 1e-3, 1, 1, 0, 0, 0));
        history.evaluated(1, Map.of("score", metric));
        return new RunReport(
                "a & b",
                new Goal("score", false),
                RunReport.Stage.DONE,
                Map.of(),
                List.of(new Measured("this run", new MetricReport(Map.of("score", metric), List.of(table)))),
                history,
                examples,
                List.of(new LegendEntry("<i>wall</i>", 0xff0000)),
                Map.of("what", "\"quoted\""),
                "name: '<script>alert(1)</script>'\n");
    }

    private static Example example(int width, int height) {
        RgbImage image = new RgbImage(width, height, new byte[width * height * 3]);
        return new Example("s", image, image, image);
    }

    @Test
    void textIsEscaped() throws IOException {
        report(1, 0.5, List.of()).write(folder);

        assertThat(folder.resolve("index.html"))
                .content()
                .contains("<h1>a &amp; b</h1>", "score 0.5000 (lower is better)", "&lt;b&gt;", "&quot;quoted&quot;")
                .contains("&lt;script&gt;alert(1)&lt;/script&gt;")
                .doesNotContain("<script", "<b>");
        assertThat(folder.resolve("iou-class.csv")).hasContent("class,IoU\n<b>,-\n");
    }

    @Test
    void numbersThatAreNoneLeaveGaps() throws IOException {
        report(Double.NaN, Double.NaN, List.of()).write(folder);

        assertThat(ImageFiles.readRgb(folder.resolve("loss.png")).width()).isPositive();
        assertThat(folder.resolve("index.html")).content().contains("score - (lower is better)");
        assertThat(folder.resolve("comparison.csv")).hasContent("predictor,score\nthis run,-\n");
    }

    @Test
    void samplesOfAnyShapeFitTheGrid() {
        report(1, 1, List.of(example(1, 1000), example(1000, 1), example(3, 2))).write(folder);

        RgbImage grid = ImageFiles.readRgb(folder.resolve("samples.png"));
        assertThat(grid.width()).isBetween(700, 800);
        assertThat(grid.height()).isBetween(600, 800);
    }

    /** A line of one pixel in four has a quarter of its light when a picture is made four times smaller. */
    @Test
    void linesOfOnePixelAreNotLost() {
        byte[] pixels = new byte[800 * 400 * 3];
        for (int y = 0; y < 400; y++) {
            for (int c = 0; c < 3; c++) {
                pixels[(y * 800 + 401) * 3 + c] = (byte) 200;
            }
        }
        RgbImage small = SampleGrid.shrunk(new RgbImage(800, 400, pixels), 200, 100);

        assertThat(small.width()).isEqualTo(200);
        assertThat(small.rgb(100, 50)).isEqualTo(0x323232);
        assertThat(small.rgb(99, 50)).isZero();
        assertThat(small.rgb(101, 50)).isZero();
    }

    @Test
    void picturesOfOneColourAreExplained() throws IOException {
        report(1, 1, List.of(example(3, 2))).write(folder);

        assertThat(folder.resolve("index.html"))
                .content()
                .contains(
                        "<h2>Pictures</h2>",
                        "<h2>Charts</h2>",
                        "Validation samples after step 1: image, truth, prediction")
                .contains("Each prediction is all of one colour: the model has learned little yet.")
                .doesNotContain("http-equiv");
    }

    @Test
    void ticksAreShort() {
        assertThat(List.of(0.0, 0.001791666666667, 1e-5, 6000.0, 0.25, 12345678.0, 3e12))
                .extracting(Curves::tick)
                .containsExactly("0", "0.001792", "1E-5", "6,000", "0.25", "12,345,678", "3E12");
    }

    @Test
    void aFolderThatIsGoneIsNamed() throws IOException {
        Path gone = folder.resolve("gone");

        assertThatThrownBy(() -> report(1, 1, List.of()).write(gone))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("The report in %s cannot be written", gone);
    }

    @Test
    void aFileIsWrittenWholeOrNotAtAll() throws IOException {
        Path taken = Files.createDirectories(folder.resolve("taken/inside")).getParent();
        Path file = folder.resolve("file.txt");

        assertThatThrownBy(() -> AtomicFiles.write(taken, "text")).isInstanceOf(IOException.class);
        AtomicFiles.write(file, "first");
        AtomicFiles.write(file, "second");

        assertThat(file).hasContent("second");
        assertThat(folder).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void columnsOfNumbersAreFlushRight() {
        assertThat(TextTable.of(
                        List.of("name", "value", "note"),
                        List.of(List.of("a", "1.5", "x"), List.of("longer", "-10", ""))))
                .isEqualTo("""
                        name    value  note
                        -------------------
                        a         1.5  x
                        longer    -10
                        """);
    }
}
