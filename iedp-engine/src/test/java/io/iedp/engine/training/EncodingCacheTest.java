package io.iedp.engine.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.iedp.api.hook.Hook;
import io.iedp.api.hook.StepReport;
import io.iedp.api.task.MetricReport;
import io.iedp.config.experiment.Experiment;
import io.iedp.engine.MicroExperiment;
import io.iedp.engine.data.HostBatch;
import io.iedp.engine.data.TrainingData;
import io.iedp.engine.model.Assembly;
import io.iedp.engine.model.EncodingCache;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EncodingCacheTest {
    @TempDir
    private Path folder;

    private record Trained(List<Double> losses, Map<String, Double> metrics, long found, long made) {}

    private Trained train(String... more) {
        List<String> settings = new ArrayList<>(
                List.of("backbone.train=unet", "data.augment=[]", "training.steps=6", "cache.folder=" + folder));
        settings.addAll(List.of(more));
        Experiment experiment = MicroExperiment.with(settings.toArray(String[]::new));
        List<Double> losses = new ArrayList<>();
        Hook hook = new Hook() {
            @Override
            public void afterStep(StepReport step) {
                losses.add(step.loss());
            }
        };
        try (TrainingData data = TrainingData.open(experiment);
                Assembly assembly = Assembly.cached(experiment, data.train().info())) {
            Optional<MetricReport> metrics = new Trainer(assembly, data, new Evaluator(assembly, data))
                    .train(TrainingOptions.plain(Limit.NONE, new Stop(), hook));
            EncodingCache cache = assembly.cache().orElseThrow();
            assertThat(assembly.weights().parameters()).isNotEmpty();
            return new Trained(losses, metrics.orElseThrow().values(), cache.found(), cache.made());
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    /** Six samples to train on, with latents and two branches each; three to measure on, without the branch that needs truth. */
    @Test
    void whatIsKnownIsNotMadeAgainAndChangesNothing() throws IOException {
        Trained cold = train();
        Trained warm = train();

        assertThat(cold.made()).isEqualTo(6 * 3 + 3 * 2);
        assertThat(files()).hasSize(6 * 3 + 3 * 2);
        assertThat(cold.found()).isPositive();
        assertThat(warm.made()).isZero();
        assertThat(warm.losses()).isEqualTo(cold.losses());
        assertThat(warm.metrics()).isEqualTo(cold.metrics());
    }

    @Test
    void otherWeightsSettingsAndPicturesAreOthers() {
        Trained first = train();

        assertThat(train("seed=1").found()).isEqualTo(first.found());
        assertThat(train("guidance.explicit.template=\"{labels} in a room\"").made())
                .isEqualTo(6);
        assertThat(train("data.train.width=40", "data.val.width=40").made()).isEqualTo(first.made());
    }

    /** Class embeddings hand on indices, which are no floating-point numbers. */
    @Test
    void indicesStayIndices() {
        String guidance =
                "guidance={$replace: {only: {type: class-embeddings, architecture: {length: 8, width: 16, layers: 1, heads: 2}}}}";

        Trained cold = train(guidance);
        Trained warm = train(guidance);

        assertThat(warm.made()).isZero();
        assertThat(warm.losses()).isEqualTo(cold.losses());
        assertThat(warm.metrics()).isEqualTo(cold.metrics());
    }

    @Test
    void aDamagedFileIsMadeAgain() throws IOException {
        Trained first = train();
        Path one = files().get(0);
        Files.write(one, new byte[] {1, 2, 3});
        Files.write(files().get(1), new byte[0]);

        Trained second = train();

        assertThat(second.made()).isEqualTo(2);
        assertThat(second.losses()).isEqualTo(first.losses());
        assertThat(Files.size(one)).isGreaterThan(3);
    }

    @Test
    void whatWasNotUsedForLongestGoesFirst() throws IOException {
        train();
        long before = files().stream().mapToLong(file -> file.toFile().length()).sum();
        Experiment experiment = MicroExperiment.with();
        try (TrainingData data = TrainingData.open(experiment);
                Assembly assembly = Assembly.cached(experiment, data.train().info())) {
            EncodingCache cache = new EncodingCache(folder, before, assembly.kernels());
            Path oldest = files().get(5);
            Files.setLastModifiedTime(oldest, java.nio.file.attribute.FileTime.fromMillis(1000));
            cache.encode(
                    "another",
                    false,
                    HostBatch.of(List.of(data.train().get(0)))
                            .toDevice(assembly.weights().manager()),
                    one -> new ai.djl.ndarray.NDList(one.pixels().mul(2)));

            assertThat(oldest).doesNotExist();
            assertThat(files().stream()
                            .mapToLong(file -> file.toFile().length())
                            .sum())
                    .isLessThanOrEqualTo((long) (before * 0.9));
        }
    }
}
