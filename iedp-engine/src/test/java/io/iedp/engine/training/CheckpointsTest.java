package io.iedp.engine.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.iedp.api.UserException;
import io.iedp.api.hook.StepReport;
import io.iedp.api.task.Goal;
import io.iedp.config.experiment.Experiment;
import io.iedp.engine.MicroExperiment;
import io.iedp.engine.data.TrainingData;
import io.iedp.engine.model.Assembly;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointsTest {
    @TempDir
    private Path run;

    private static StepReport step(int step) {
        return new StepReport(step, 9, 1, Map.of(), 0, 0, 0, 0, 0, 0);
    }

    private List<String> folders() throws IOException {
        try (Stream<Path> folders = Files.list(run.resolve("checkpoints"))) {
            return folders.map(each -> each.getFileName().toString()).sorted().toList();
        }
    }

    /** /dev/full stands in the place of a file that is about to be written. */
    @Test
    void aFullDiskIsSaidAndTheLastCheckpointStays() throws IOException {
        Path full = Path.of("/dev/full");
        Assumptions.assumeTrue(Files.exists(full), "there is no /dev/full");
        Experiment experiment = MicroExperiment.with();
        try (TrainingData data = TrainingData.open(experiment);
                Assembly assembly = Assembly.cached(experiment, data.train().info());
                TrainingState state = new TrainingState(
                        experiment.training(), assembly.weights(), assembly.kernels(), new Goal("mIoU", true))) {
            Checkpoints checkpoints = new Checkpoints(run, 1, "name: test\n", Map.of());
            List<String> said = new ArrayList<>();
            CheckpointHook hook = new CheckpointHook(checkpoints, state, Map.of(), 1, false, said::add);
            hook.started(0);
            state.afterStep(step(1));
            hook.beforeStep(2);
            assertThat(folders()).containsExactly("step-1");

            for (int number = 2; number <= 3; number++) {
                Path part = Files.createDirectories(run.resolve("checkpoints/step-%s.part".formatted(number)));
                Files.createSymbolicLink(part.resolve("optimizer.safetensors.part"), full);
            }
            state.afterStep(step(2));
            hook.beforeStep(3);
            state.afterStep(step(3));

            assertThat(said)
                    .singleElement()
                    .asString()
                    .contains("step-2 cannot be written: No space left on device; training goes on");
            assertThatThrownBy(() -> hook.ended(3))
                    .isInstanceOf(UserException.class)
                    .hasMessageContaining("step-3 cannot be written: No space left on device");
            assertThat(folders()).containsExactly("step-1");

            state.afterStep(step(4));
            hook.ended(4);

            assertThat(folders()).containsExactly("step-4");
            assertThat(run.resolve("checkpoint.safetensors"))
                    .hasSameBinaryContentAs(run.resolve("checkpoints/step-4/weights.safetensors"));
        }
    }

    @Test
    void whatAKilledProcessLeftIsRemoved() throws IOException {
        Files.createDirectories(run.resolve("checkpoints/step-7.part"));
        Files.writeString(run.resolve("checkpoints/step-7.part/weights.safetensors"), "half");
        Files.writeString(run.resolve("index.html.part"), "half");
        Files.createDirectories(run.resolve("checkpoints/step-6"));

        assertThat(Checkpoints.newest(run)).contains(6);
        new Checkpoints(run, 1, "", Map.of()).clean();

        assertThat(folders()).containsExactly("step-6");
        assertThat(run.resolve("index.html.part")).doesNotExist();
    }
}
