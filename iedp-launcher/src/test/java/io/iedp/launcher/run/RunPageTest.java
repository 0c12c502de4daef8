package io.iedp.launcher.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.iedp.api.hook.Evaluation;
import io.iedp.api.hook.StepReport;
import io.iedp.api.task.Goal;
import io.iedp.api.task.MetricReport;
import io.iedp.launcher.report.History;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunPageTest {
    private static RunPage page(Path folder) {
        return new RunPage(
                "run",
                folder,
                new Goal("score", true),
                new History(),
                Map.of(),
                "name: run\n",
                "iedp train --resume=" + folder);
    }

    private static StepReport step(int step) {
        return new StepReport(step, 40, 1, Map.of("only", 1.0), 1e-3, 1, 1, 0, 0, 0);
    }

    private static Evaluation evaluation(int step, double score) {
        return new Evaluation(
                step, new MetricReport(Map.of("score", score), List.of()), Optional.empty(), List.of(), List.of());
    }

    @Test
    void onceItIsClosedThePageShowsTheLastEvaluation(@TempDir Path folder) throws IOException {
        RunPage page = page(folder);

        page.started(0);
        for (int i = 1; i <= 4; i++) {
            page.afterStep(step(i));
            page.evaluated(evaluation(i, i / 8.0));
        }
        page.close();

        assertThat(Files.readString(folder.resolve("index.html")))
                .contains("score 0.5000 (higher is better)", "4 of 40");
    }

    @Test
    void thereIsAPageBeforeTheFirstStepWhichSaysInTheEndThatTheRunStopped(@TempDir Path folder) throws Exception {
        RunPage page = page(folder);
        Path file = folder.resolve("index.html");

        page.started(0);
        for (int i = 0; i < 1000 && !Files.exists(file); i++) {
            Thread.sleep(10);
        }
        assertThat(Files.readString(file))
                .contains("score not measured yet (higher is better)", "before the first", "http-equiv=\"refresh\"");
        page.afterStep(step(7));
        page.close();

        assertThat(Files.readString(file))
                .contains("<h2>Stopped</h2>", "7 of 40; ", "train --resume=" + folder + " goes on")
                .doesNotContain("http-equiv");
    }

    @Test
    void aFolderThatIsGoneDoesNotStopTraining(@TempDir Path folder) {
        RunPage page = page(folder.resolve("gone"));

        page.started(0);
        page.afterStep(step(1));
        page.evaluated(evaluation(1, 1));
        page.close();

        assertThat(folder).isEmptyDirectory();
    }
}
