package io.iedp.launcher.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import io.iedp.api.data.Batch;
import io.iedp.api.data.Raster;
import io.iedp.api.data.RgbImage;
import io.iedp.api.data.Sample;
import io.iedp.api.task.Metrics;
import io.iedp.api.task.Task;
import io.iedp.launcher.experiment.Experiment;
import io.iedp.nn.Gradients;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Segmentation with depth beside it, from one pass of the backbone. */
class JointTaskTest {
    private static final String DEPTH = "more-tasks={range: {head: {type: linear}, task: {type: depth}, weight: 0.5}}";

    @Test
    void theMainTaskIsWhatItIsAlone() {
        Experiment alone = MicroExperiment.with();
        try (TrainingData data = TrainingData.open(alone);
                Assembly single = Assembly.of(alone, data);
                Assembly joint = Assembly.of(MicroExperiment.with(DEPTH), data)) {
            Sample sample = data.val().get(0);
            Raster expected =
                    single.get(Predictions.class).predict(List.of(sample)).get(0);

            Raster both = joint.get(Predictions.class).predict(List.of(sample)).get(0);

            assertThat(both.channels()).isEqualTo(2);
            assertThat(both.values()).startsWith(expected.values());
        }
    }

    @Test
    void lossesAddUpWithTheirWeights() {
        double alone = loss();
        double zero = loss(DEPTH.replace("0.5", "0"));
        double half = loss(DEPTH);
        double one = loss(DEPTH.replace("0.5", "1"));

        assertThat(zero).isEqualTo(alone);
        assertThat(one).isGreaterThan(zero + 0.01);
        assertThat(half).isCloseTo((zero + one) / 2, within(1e-5));
    }

    private static double loss(String... settings) {
        String[] all = Arrays.copyOf(settings, settings.length + 1);
        all[settings.length] = "head.dropout=0";
        Experiment experiment = MicroExperiment.with(all);
        try (TrainingData data = TrainingData.open(experiment);
                Assembly assembly = Assembly.of(experiment, data);
                NDScope scope = new NDScope();
                Gradients.Recording off = Gradients.pause()) {
            scope.suppressNotUsedWarning();
            Batch batch =
                    assembly.batch(List.of(data.train().get(0), data.train().get(1)));
            return assembly.get(PerceptionModel.class)
                    .losses(batch)
                    .get("implicit")
                    .getFloat();
        }
    }

    @Test
    void onePassServesAllTasks() {
        Experiment both = MicroExperiment.with(DEPTH);
        try (TrainingData data = TrainingData.open(both);
                Assembly joint = Assembly.of(both, data);
                NDScope scope = new NDScope();
                Gradients.Recording off = Gradients.pause()) {
            scope.suppressNotUsedWarning();
            Batch batch = joint.batch(List.of(data.val().get(0)));
            PerceptionModel model = joint.get(PerceptionModel.class);
            int[] passes = new int[1];

            NDArray output = joint.get(Task.class)
                    .infer(
                            asked -> {
                                passes[0]++;
                                return model.predict(asked);
                            },
                            batch);

            assertThat(passes[0]).isOne();
            int main = joint.get(Aim.All.class).aims().get(0).task().outputs();
            assertThat(output.get(":, :" + main).toFloatArray())
                    .isEqualTo(model.predict(batch).get(":, :" + main).toFloatArray());
        }
    }

    @Test
    void eachTaskIsMeasuredAndDrawnByItself() {
        Experiment both = MicroExperiment.with(DEPTH);
        try (TrainingData data = TrainingData.open(both);
                Assembly joint = Assembly.of(both, data)) {
            Task task = joint.get(Task.class);
            Sample sample = data.val().get(0);
            Raster truth = task.truth(sample);
            Metrics metrics = task.metrics();
            metrics.update(truth, truth);

            assertThat(metrics.report().values())
                    .containsEntry("mIoU", 1.0)
                    .containsEntry("range.abs_rel", 0.0)
                    .containsEntry("range.d1", 1.0);
            RgbImage picture = task.draw(truth);
            assertThat(picture.width())
                    .isGreaterThanOrEqualTo(2 * sample.image().width());
            assertThat(task.goal().metric()).isEqualTo("mIoU");
            assertThat(task.legend()).anyMatch(entry -> entry.name().startsWith("range: "));
        }
    }
}
