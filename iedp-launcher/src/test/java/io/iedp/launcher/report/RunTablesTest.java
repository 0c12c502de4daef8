package io.iedp.launcher.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.iedp.api.hook.Evaluation;
import io.iedp.api.hook.StepReport;
import io.iedp.api.task.MetricReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunTablesTest {
    @TempDir
    private Path folder;

    private static StepReport step(int step, double loss) {
        return new StepReport(step, 10, loss, Map.of("only", loss / 2), 1e-3, 1, 1, 0, 0, 0);
    }

    @Test
    void aRunThatGoesOnKeepsTheRowsUpToItsCheckpoint() throws IOException {
        RunTables first = new RunTables(folder);
        for (int step = 1; step <= 4; step++) {
            first.stepped(step(step, step));
        }
        first.evaluated(new Evaluation(
                2, new MetricReport(Map.of("score", 0.5), List.of()), Optional.empty(), List.of(), List.of()));
        Files.writeString(folder.resolve("training.csv"), "5,1.2,0", StandardOpenOption.APPEND);

        History history = new History();
        RunTables second = new RunTables(folder);
        second.keep(3, history);
        second.stepped(step(4, 8));

        assertThat(Files.readAllLines(folder.resolve("training.csv")))
                .hasSize(5)
                .satisfies(lines -> assertThat(lines.get(4)).startsWith("4,8.0,4.0,0.001,"));
        assertThat(history.steps()).containsExactly(1, 2, 3);
        assertThat(history.branchLosses()).isEqualTo(Map.of("only", List.of(0.5, 1.0, 1.5)));
        assertThat(history.metrics()).isEqualTo(Map.of("score", List.of(0.5)));
    }

    /** A metric may have a comma in its name; a row without its line feed may have been cut off within a number. */
    @Test
    void metricsHaveNamesOfAnyKind() throws IOException {
        MetricReport metrics = new MetricReport(Map.of("IoU, \"thin\"", 0.25), List.of());
        new RunTables(folder).evaluated(new Evaluation(2, metrics, Optional.empty(), List.of(), List.of()));
        Path file = folder.resolve("metrics.csv");
        assertThat(file).content().isEqualTo("step,\"IoU, \"\"thin\"\"\"\n2,0.25\n");
        Files.writeString(file, "3,0.1", StandardOpenOption.APPEND);

        History history = new History();
        new RunTables(folder).keep(9, history);

        assertThat(history.metrics()).isEqualTo(Map.of("IoU, \"thin\"", List.of(0.25)));
        assertThat(file).content().isEqualTo("step,\"IoU, \"\"thin\"\"\"\n2,0.25\n");
    }

    /** Points become means of neighbours; their weighted mean stays that of all steps. */
    @Test
    void aLongRunHasNoMorePointsThanAShortOne() {
        History history = new History();
        int steps = 100_000;
        for (int step = 1; step <= steps; step++) {
            history.stepped(step(step, step));
        }

        assertThat(history.steps()).hasSizeBetween(1024, 2048).endsWith(steps).isSorted();
        int stride = history.steps().get(1) - history.steps().get(0);
        assertThat(history.losses().get(0)).isEqualTo((1 + stride) / 2.0);
    }
}
