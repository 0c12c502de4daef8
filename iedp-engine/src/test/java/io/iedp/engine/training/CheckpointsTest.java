package io.iedp.engine.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.iedp.api.UserException;
import io.iedp.api.hook.Evaluation;
import io.iedp.api.hook.Hook;
import io.iedp.api.hook.StepReport;
import io.iedp.api.task.Goal;
import io.iedp.api.task.MetricReport;
import io.iedp.config.experiment.Experiment;
import io.iedp.engine.MicroExperiment;
import io.iedp.engine.data.TrainingData;
import io.iedp.engine.model.Assembly;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
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

    /** A file stands in the place of a folder that is about to be written. */
    @Test
    void aCheckpointThatCannotBeWrittenIsSaidAndTheLastOneStays() throws IOException {
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
                Files.writeString(run.resolve("checkpoints/step-" + number), "in the way");
            }
            state.afterStep(step(2));
            hook.beforeStep(3);
            state.afterStep(step(3));

            assertThat(said)
                    .singleElement()
                    .asString()
                    .matches(
                            "The checkpoint .*step-2 cannot be written: .*; training goes on, and the last checkpoint is kept");
            assertThatThrownBy(() -> hook.ended(3))
                    .isInstanceOf(UserException.class)
                    .hasMessageContaining("step-3 cannot be written: ");
            assertThat(folders()).containsExactly("step-1", "step-2", "step-3");

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

    @FunctionalInterface
    private interface Work {
        void with(Checkpoints checkpoints, TrainingState state) throws IOException;
    }

    private void training(Work work) throws IOException {
        Experiment experiment = MicroExperiment.with();
        try (TrainingData data = TrainingData.open(experiment);
                Assembly assembly = Assembly.cached(experiment, data.train().info());
                TrainingState state = new TrainingState(
                        experiment.training(), assembly.weights(), assembly.kernels(), new Goal("mIoU", true))) {
            work.with(new Checkpoints(run, 1, "name: test\n", Map.of()), state);
        }
    }

    private static Evaluation evaluation(int step, double value) {
        return new Evaluation(
                step, new MetricReport(Map.of("mIoU", value), List.of()), Optional.empty(), List.of(), List.of());
    }

    /** As a kill between the checkpoint's own name and the links to its model leaves it. */
    @Test
    void aRunThatWasKilledBeforeItLinkedItsModelsLinksThemWhenItGoesOn() throws IOException {
        training((checkpoints, state) -> {
            state.afterStep(step(5));
            state.evaluated(evaluation(5, 0.5));
            checkpoints.save(state, Map.of());
            for (String name : List.of("checkpoint", "best")) {
                Files.delete(run.resolve(name + ".safetensors"));
                Files.writeString(run.resolve(name + ".safetensors"), "older");
            }
            Files.createDirectories(run.resolve("checkpoints/step-4"));
        });
        training((checkpoints, state) -> {
            checkpoints.restore(state, Map.of());
            checkpoints.restore(state, Map.of()); // now that they are linked

            assertThat(folders()).containsExactly("step-5");
            assertThat(run).isDirectoryNotContaining("glob:**.part");
            for (String name : List.of("checkpoint", "best")) {
                assertThat(run.resolve(name + ".safetensors"))
                        .hasSameBinaryContentAs(run.resolve("checkpoints/step-5/weights.safetensors"));
            }
        });
    }

    /** Step 4 was better than step 5 and is gone; its weights are in best.safetensors only. */
    @Test
    void theBestModelStaysWhereTheNewestIsNotTheBest() throws IOException {
        training((checkpoints, state) -> {
            state.afterStep(step(4));
            state.evaluated(evaluation(4, 0.5));
            checkpoints.save(state, Map.of());
            Files.delete(run.resolve("best.safetensors"));
            Files.writeString(run.resolve("best.safetensors"), "those of step 4");
            state.afterStep(step(5));
            state.evaluated(evaluation(5, 0.4));
            checkpoints.save(state, Map.of());
        });
        training((checkpoints, state) -> {
            checkpoints.restore(state, Map.of());

            assertThat(run.resolve("best.safetensors")).hasContent("those of step 4");
        });
    }

    @Test
    void anEvaluationThatWasInterruptedIsInTheCheckpointOnceItIsMadeUp() throws IOException {
        training((checkpoints, state) -> {
            state.afterStep(step(5));
            checkpoints.save(state, Map.of());
            assertThat(run.resolve("best.safetensors")).doesNotExist();
        });
        training((checkpoints, state) -> {
            checkpoints.restore(state, Map.of());
            CheckpointHook hook = new CheckpointHook(checkpoints, state, Map.of(), 5, false, line -> {});
            hook.started(5);
            state.evaluated(evaluation(5, 0.5));
            hook.beforeStep(6);

            assertThat(run.resolve("best.safetensors"))
                    .hasSameBinaryContentAs(run.resolve("checkpoints/step-5/weights.safetensors"));
        });
        training((checkpoints, state) -> {
            checkpoints.restore(state, Map.of());
            assertThat(state.evaluatedStep()).isEqualTo(5);
            assertThat(state.isBest()).isTrue();
        });
    }

    @Test
    void aStateThatCannotBeIsRefused() throws IOException {
        training((checkpoints, state) -> {
            state.afterStep(step(5));
            checkpoints.save(state, Map.of());
        });
        Path file = run.resolve("checkpoints/step-5/state.json");
        String text = Files.readString(file);
        Map<String, String> changes = Map.of(
                "\"step\": 2000000000", "its step is 2000000000, but that of its folder 5",
                "\"step\": -3", "its step is -3, but that of its folder 5",
                "\"stepp\": 5", "its step is 0, but that of its folder 5",
                "\"step\": 5, \"evaluatedStep\": 6", "evaluatedStep is 6, but must be from 0 to 5",
                "\"step\": \"five\"", "five");
        changes.forEach((change, problem) -> {
            try {
                Files.writeString(file, text.replace("\"step\": 5", change).replace("\"evaluatedStep\": 0,", ""));
                training((checkpoints, state) -> assertThatThrownBy(() -> checkpoints.restore(state, Map.of()))
                        .isInstanceOf(UserException.class)
                        .hasMessageStartingWith(file + " is damaged: ")
                        .hasMessageContaining(problem));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    @Test
    void aHookWhoseStateIsDamagedIsNamed() throws IOException {
        Hook counting = new Hook() {
            @Override
            public Map<String, String> state() {
                return Map.of("count", "many");
            }

            @Override
            public void restore(Map<String, String> state) {
                Integer.parseInt(state.get("count"));
            }
        };
        training((checkpoints, state) -> {
            state.afterStep(step(5));
            checkpoints.save(state, Map.of("counting", counting));
        });
        training((checkpoints, state) -> assertThatThrownBy(
                        () -> checkpoints.restore(state, Map.of("counting", counting)))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("hook 'counting' cannot go on from {count=many}"));
    }

    @Test
    void aRunWhoseFolderWasDeletedDoesNotMakeAnotherOne() throws IOException {
        training((checkpoints, state) -> {
            state.afterStep(step(5));
            Files.delete(run);

            assertThatThrownBy(() -> checkpoints.save(state, Map.of()))
                    .isInstanceOf(UserException.class)
                    .hasMessageContaining("the folder of the run is gone");
            assertThat(run).doesNotExist();
            Files.createDirectories(run);
        });
    }
}
