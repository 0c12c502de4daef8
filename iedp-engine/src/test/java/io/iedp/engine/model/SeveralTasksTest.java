package io.iedp.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDScope;
import io.iedp.api.data.Batch;
import io.iedp.api.data.Raster;
import io.iedp.api.data.RgbImage;
import io.iedp.api.data.Sample;
import io.iedp.api.nn.Kernels;
import io.iedp.config.experiment.Experiment;
import io.iedp.engine.MicroExperiment;
import io.iedp.engine.data.TrainingData;
import io.iedp.nn.Gradients;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Segmentation with depth beside it, from one pass of the backbone. */
class SeveralTasksTest {
    private static final String DEPTH = "more-tasks={range: {head: {type: linear}, task: {type: depth}, weight: 0.5}}";

    @Test
    void theMainTaskIsWhatItIsAlone() {
        Experiment alone = MicroExperiment.with();
        try (TrainingData data = TrainingData.open(alone);
                Assembly single = Assembly.cached(alone, data.train().info());
                Assembly joint = Assembly.cached(
                        MicroExperiment.with(DEPTH), data.train().info())) {
            Sample sample = data.val().get(0);
            Raster expected =
                    single.predictions().predict(List.of(sample)).get(0).get("");

            Map<String, Raster> both =
                    joint.predictions().predict(List.of(sample)).get(0);

            assertThat(both.keySet()).containsExactly("", "range");
            assertThat(both.get("").values()).isEqualTo(expected.values());
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

    /** Of the auxiliary output, whose own weight is 0.4. */
    @Test
    void auxiliaryOutputsHaveLossesOfTheirOwn() {
        String upernet = "head={type: upernet, channels: 8, auxiliary: {level: 1, channels: 8, dropout: 0}}";
        double same = loss(upernet);
        double none = loss(upernet, "task.auxiliary-loss=[{type: cross-entropy, weight: 0}]");
        double thrice = loss(upernet, "task.auxiliary-loss=[{type: cross-entropy, weight: 3}]");

        assertThat(same).isGreaterThan(none + 0.1);
        assertThat(thrice - none).isCloseTo(3 * (same - none), within(1e-4));
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
        assertThat(attentions(DEPTH)).isPositive().isEqualTo(attentions());
    }

    /** How often one prediction attends to anything, which only guidance and backbone do. */
    private static int attentions(String... settings) {
        Experiment experiment = MicroExperiment.with(settings);
        AtomicInteger count = new AtomicInteger();
        try (TrainingData data = TrainingData.open(experiment);
                Assembly assembly = Assembly.of(experiment, data.train().info(), kernels -> counting(kernels, count))) {
            assembly.predictions().predict(List.of(data.val().get(0)));
            return count.get();
        }
    }

    private static Kernels counting(Kernels kernels, AtomicInteger attentions) {
        return (Kernels) Proxy.newProxyInstance(
                Kernels.class.getClassLoader(), new Class<?>[] {Kernels.class}, (proxy, method, arguments) -> {
                    if (method.getName().startsWith("attention")) {
                        attentions.incrementAndGet();
                    }
                    return method.invoke(kernels, arguments);
                });
    }

    @Test
    void eachTaskIsMeasuredAndDrawnByItself() {
        Experiment both = MicroExperiment.with(DEPTH);
        try (TrainingData data = TrainingData.open(both);
                Assembly joint = Assembly.cached(both, data.train().info())) {
            TaskHeads tasks = joint.tasks();
            Sample sample = data.val().get(0);
            Map<String, Raster> truth = tasks.truth(sample);
            TaskMetrics metrics = tasks.metrics();
            metrics.update(truth, truth);

            assertThat(metrics.report().values())
                    .containsEntry("mIoU", 1.0)
                    .containsEntry("range.abs_rel", 0.0)
                    .containsEntry("range.d1", 1.0);
            RgbImage picture = tasks.pictures().draw(truth);
            assertThat(picture.width())
                    .isGreaterThanOrEqualTo(2 * sample.image().width());
            assertThat(tasks.goal().metric()).isEqualTo("mIoU");
            assertThat(tasks.pictures().legend()).anyMatch(entry -> entry.name().startsWith("range: "));
        }
    }
}
