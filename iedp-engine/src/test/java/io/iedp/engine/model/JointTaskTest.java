package io.iedp.engine.model;

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
import io.iedp.config.experiment.Experiment;
import io.iedp.engine.data.TrainingData;
import io.iedp.engine.training.MicroExperiment;
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
                Assembly single = Assembly.cached(alone, data.train().info());
                Assembly joint = Assembly.cached(
                        MicroExperiment.with(DEPTH), data.train().info())) {
            Sample sample = data.val().get(0);
            Raster expected = single.predictions().predict(List.of(sample)).get(0);

            Raster both = joint.predictions().predict(List.of(sample)).get(0);

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
                Assembly assembly = Assembly.cached(experiment, data.train().info());
                NDScope scope = new NDScope();
                Gradients.Recording off = Gradients.pause()) {
            scope.suppressNotUsedWarning();
            Batch batch =
                    assembly.batch(List.of(data.train().get(0), data.train().get(1)));
            return assembly.model().losses(batch).get("implicit").getFloat();
        }
    }

    @Test
    void onePassServesAllTasks() {
        Experiment both = MicroExperiment.with(DEPTH);
        try (TrainingData data = TrainingData.open(both);
                Assembly joint = Assembly.cached(both, data.train().info());
                NDScope scope = new NDScope();
                Gradients.Recording off = Gradients.pause()) {
            scope.suppressNotUsedWarning();
            Batch batch = joint.batch(List.of(data.val().get(0)));
            PerceptionModel model = joint.model();
            int[] passes = new int[1];

            NDArray output = joint.task()
                    .infer(
                            asked -> {
                                passes[0]++;
                                return model.predict(asked);
                            },
                            batch);

            assertThat(passes[0]).isOne();
            int main = joint.aims().aims().get(0).task().outputs();
            assertThat(output.get(":, :" + main).toFloatArray())
                    .isEqualTo(model.predict(batch).get(":, :" + main).toFloatArray());
        }
    }

    @Test
    void eachTaskIsMeasuredAndDrawnByItself() {
        Experiment both = MicroExperiment.with(DEPTH);
        try (TrainingData data = TrainingData.open(both);
                Assembly joint = Assembly.cached(both, data.train().info())) {
            Task task = joint.task();
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
