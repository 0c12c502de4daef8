package io.iedp.engine.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.iedp.config.experiment.Experiment;
import io.iedp.engine.MicroExperiment;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the times are is not looked at, but that they are those of one step. */
class TrainingBenchmarkTest {
    private static List<String> names(TrainingBenchmark.Result result) {
        return result.parts().stream().map(TrainingBenchmark.Row::part).toList();
    }

    @Test
    void thePartsOfAStepAddUpToIt() {
        Experiment experiment = MicroExperiment.with("training.accumulate=2", "training.clip-norm=1");

        TrainingBenchmark.Result result = TrainingBenchmark.of(experiment, 1);

        assertThat(names(result))
                .containsExactly(
                        "waiting for data",
                        "encoders before guidance",
                        "guidance",
                        "backbone",
                        "head and loss",
                        "backward",
                        "optimizer",
                        "other",
                        "step");
        assertThat(result.parts())
                .allSatisfy(row -> assertThat(row.milliseconds()).as(row.part()).isGreaterThanOrEqualTo(0));
        double sum = result.parts().stream()
                .mapToDouble(TrainingBenchmark.Row::milliseconds)
                .sum();
        // The last row is the step itself.
        assertThat(sum).isCloseTo(2 * result.parts().get(8).milliseconds(), within(1e-3));
        assertThat(result.alternatives()).hasSize(3);
    }

    /** There are more steps timed than the experiment has. */
    @Test
    void severalDevicesExchangeWhatTheyHave() {
        Experiment experiment = MicroExperiment.with("device='cpu,cpu'", "training.steps=2");

        TrainingBenchmark.Result result = TrainingBenchmark.of(experiment, 2);

        assertThat(names(result)).contains("between devices");
        assertThat(result.parts())
                .allSatisfy(row -> assertThat(row.milliseconds()).as(row.part()).isGreaterThanOrEqualTo(0));
    }
}
