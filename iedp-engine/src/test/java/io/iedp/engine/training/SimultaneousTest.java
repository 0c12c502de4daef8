package io.iedp.engine.training;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDScope;
import io.iedp.api.data.Sample;
import io.iedp.api.hook.Hook;
import io.iedp.api.hook.StepReport;
import io.iedp.config.experiment.Experiment;
import io.iedp.engine.MicroExperiment;
import io.iedp.engine.data.TrainingData;
import io.iedp.engine.model.Assembly;
import io.iedp.nn.Gradients;
import io.iedp.nn.Parameter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What runs in one process at the same time comes to what it comes to alone. */
class SimultaneousTest {
    private static final String[] FIRST = {
        "seed=1", "backbone.stochastic-depth=0.3", "head.dropout=0.3", "training.steps=6", "training.accumulate=2"
    };
    private static final String[] SECOND = {
        "seed=2", "backbone.stochastic-depth=0.5", "head.dropout=0.1", "training.steps=6"
    };

    private ExecutorService threads;

    /** All that a training leaves, to the bit. */
    private record Trained(List<Double> losses, Map<String, List<Float>> weights) {}

    @BeforeEach
    void start() {
        threads = Executors.newCachedThreadPool();
    }

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    private static Trained train(String... settings) {
        Experiment experiment = MicroExperiment.with(settings);
        try (TrainingData data = TrainingData.open(experiment);
                Assembly assembly = Assembly.cached(experiment, data.train().info())) {
            List<Double> losses = new ArrayList<>();
            Hook hook = new Hook() {
                @Override
                public void afterStep(StepReport step) {
                    losses.add(step.loss());
                }
            };
            new Trainer(assembly, data, new TaskEvaluator(assembly, data))
                    .train(TrainingOptions.plain(Limit.NONE, new StopSignal(), hook));
            return new Trained(losses, weights(assembly));
        }
    }

    private static Map<String, List<Float>> build(String... settings) {
        Experiment experiment = MicroExperiment.with(settings);
        try (TrainingData data = TrainingData.open(experiment);
                Assembly assembly = Assembly.cached(experiment, data.train().info())) {
            return weights(assembly);
        }
    }

    private static Map<String, List<Float>> weights(Assembly assembly) {
        Map<String, List<Float>> weights = new LinkedHashMap<>();
        for (Parameter parameter : assembly.weights().parameters()) {
            List<Float> values = new ArrayList<>();
            for (float value : parameter.array().toFloatArray()) {
                values.add(value);
            }
            weights.put(parameter.name(), values);
        }
        return weights;
    }

    private static float[] logits(Assembly model, Sample sample) {
        try (NDScope scope = new NDScope();
                Gradients.Recording off = Gradients.pause()) {
            scope.suppressNotUsedWarning();
            return model.model()
                    .predict(
                            model.batch(List.of(sample.withoutTargets())),
                            model.tasks().heads())
                    .head()
                    .toFloatArray();
        }
    }

    /** All begin at the same moment. */
    private <T> List<T> together(List<Callable<T>> works) throws InterruptedException, ExecutionException {
        CountDownLatch ready = new CountDownLatch(works.size());
        List<Future<T>> futures = new ArrayList<>();
        for (Callable<T> work : works) {
            futures.add(threads.submit(() -> {
                ready.countDown();
                ready.await();
                return work.call();
            }));
        }
        List<T> results = new ArrayList<>();
        for (Future<T> future : futures) {
            results.add(future.get());
        }
        return results;
    }

    @Test
    void trainingsAndModelsThatAreBuiltDoNotDisturbEachOther() throws Exception {
        Trained first = train(FIRST);
        Trained second = train(SECOND);
        Map<String, List<Float>> built = build("seed=3");
        assertThat(first.losses()).hasSize(6).doesNotHaveDuplicates().doesNotContainAnyElementsOf(second.losses());

        Future<Map<String, List<Float>>> builtMeanwhile = threads.submit(() -> build("seed=3"));
        List<Trained> trained = together(List.of(() -> train(FIRST), () -> train(SECOND)));

        assertThat(trained.get(0)).isEqualTo(first);
        assertThat(trained.get(1)).isEqualTo(second);
        assertThat(builtMeanwhile.get()).isEqualTo(built);
    }

    @Test
    void severalThreadsPredictWithSeveralModelsWhatOneDoes() throws Exception {
        Experiment one = MicroExperiment.with("seed=1");
        Experiment other = MicroExperiment.with("seed=2");
        try (TrainingData data = TrainingData.open(one);
                Assembly first = Assembly.of(one, data.train().info());
                Assembly second = Assembly.of(other, data.train().info())) {
            List<Callable<float[]>> works = new ArrayList<>();
            for (int i = 0; i < 24; i++) {
                Assembly model = i % 2 == 0 ? first : second;
                Sample sample = data.val().get(i / 2 % 3);
                works.add(() -> logits(model, sample));
            }
            List<float[]> alone = new ArrayList<>();
            for (Callable<float[]> work : works) {
                alone.add(work.call());
            }
            assertThat(alone.get(0)).isNotEqualTo(alone.get(1)).isNotEqualTo(alone.get(2));

            List<float[]> together = together(works);

            for (int i = 0; i < works.size(); i++) {
                assertThat(together.get(i)).isEqualTo(alone.get(i));
            }
        }
    }
}
