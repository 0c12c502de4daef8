package io.iedp.engine.training;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import io.iedp.api.data.Batch;
import io.iedp.api.data.RgbImage;
import io.iedp.api.data.Sample;
import io.iedp.api.hook.Hook;
import io.iedp.api.hook.StepReport;
import io.iedp.api.task.MetricReport;
import io.iedp.config.experiment.Experiment;
import io.iedp.engine.MicroExperiment;
import io.iedp.engine.data.HostBatch;
import io.iedp.engine.data.TrainingData;
import io.iedp.engine.model.Assembly;
import io.iedp.engine.model.EncodingCache;
import io.iedp.nn.TorchRuntime;
import io.iedp.nn.files.SafeTensorsWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
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
            Optional<MetricReport> metrics = new Trainer(assembly, data, new TaskEvaluator(assembly, data))
                    .train(TrainingOptions.plain(Limit.NONE, new StopSignal(), hook));
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
    void oneBitThatADiskHasTurnedIsSeen() throws IOException {
        Trained first = train();
        for (Path file : files()) {
            byte[] bytes = Files.readAllBytes(file);
            bytes[bytes.length - 2] ^= 1;
            Files.write(file, bytes);
        }

        Trained second = train();

        assertThat(second.made()).isEqualTo(first.made());
        assertThat(second.losses()).isEqualTo(first.losses());
    }

    @Test
    void aWholeFileInThePlaceOfAnotherIsNotTakenForIt() throws IOException {
        Trained first = train();
        List<Path> files = files();
        for (Path file : files.subList(1, files.size())) {
            Files.copy(files.get(0), file, StandardCopyOption.REPLACE_EXISTING);
        }

        Trained second = train();

        assertThat(second.made()).isEqualTo(first.made() - 1);
        assertThat(second.losses()).isEqualTo(first.losses());
    }

    /** As caches of earlier versions, or those of other programs. */
    @Test
    void aFileWithoutAChecksumIsMadeAgain() throws IOException {
        Trained first = train();
        try (NDManager manager = TorchRuntime.get().newManager(Device.cpu())) {
            for (Path file : files()) {
                SafeTensorsWriter.write(file, Map.of("0", manager.ones(new Shape(1, 3))), Map.of());
            }
        }

        Trained second = train();

        assertThat(second.made()).isEqualTo(first.made());
        assertThat(second.losses()).isEqualTo(first.losses());
    }

    @Test
    void anotherProcessMayWriteWhileTheCacheIsOpened() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        ExecutorService other = Executors.newSingleThreadExecutor();
        Future<?> writing = other.submit(() -> {
            for (int i = 0; !done.get(); i++) {
                Path group = Files.createDirectories(folder.resolve(Integer.toHexString(16 + i % 16)));
                Path part = Files.writeString(group.resolve(i + ".part"), "half");
                Files.move(part, group.resolve(i + ".safetensors"));
                Files.delete(group.resolve(i + ".safetensors"));
                if (i % 3 == 0) {
                    Files.delete(group);
                }
            }
            return null;
        });
        try {
            for (int i = 0; i < 300; i++) {
                assertThat(new EncodingCache(folder, 1000).made()).isZero();
            }
        } finally {
            done.set(true);
            other.shutdown();
        }
        writing.get();
    }

    @Test
    void whatWasNotUsedForLongestGoesFirst() throws IOException {
        train();
        long before = files().stream().mapToLong(file -> file.toFile().length()).sum();
        Experiment experiment = MicroExperiment.with();
        try (TrainingData data = TrainingData.open(experiment);
                Assembly assembly = Assembly.cached(experiment, data.train().info())) {
            EncodingCache cache = new EncodingCache(folder, before);
            Path oldest = files().get(5);
            Files.setLastModifiedTime(oldest, java.nio.file.attribute.FileTime.fromMillis(1000));
            cache.encode(
                    "another",
                    false,
                    HostBatch.of(List.of(data.train().get(0)))
                            .toDevice(assembly.weights().manager()),
                    one -> new NDList(one.pixels().mul(2)));

            assertThat(oldest).doesNotExist();
            assertThat(files().stream()
                            .mapToLong(file -> file.toFile().length())
                            .sum())
                    .isLessThanOrEqualTo((long) (before * 0.9));
        }
    }

    /** Two devices share each batch, and look into one cache: nothing is made twice. */
    @Test
    void theCopiesOfAModelShareTheCache() throws IOException {
        Trained two = train("device='cpu,cpu'", "evaluation.every=0", "report.samples=0");
        Trained one = train();

        assertThat(two.made()).isEqualTo(6 * 3 + 3 * 2);
        assertThat(files()).hasSize(6 * 3 + 3 * 2);
        // Six steps of two samples each, in three encodings; one evaluation of three in two.
        assertThat(two.found() + two.made()).isEqualTo(6 * 2 * 3 + 3 * 2);
        assertThat(one.made()).isZero();
    }

    @Test
    void whatOneThreadMakesAnotherWaitsFor() throws Exception {
        EncodingCache cache = new EncodingCache(folder, 1 << 20);
        CountDownLatch making = new CountDownLatch(1);
        AtomicInteger calls = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try (NDManager manager = TorchRuntime.get().newManager(Device.cpu())) {
            Callable<float[]> work = () -> {
                try (NDScope scope = new NDScope()) {
                    scope.suppressNotUsedWarning();
                    return cache.encode("any", false, batch(manager, true), one -> {
                                calls.incrementAndGet();
                                await(making);
                                return new NDList(one.pixels().mul(2));
                            })
                            .head()
                            .toFloatArray();
                }
            };
            List<Future<float[]>> results = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                results.add(threads.submit(work));
            }
            making.countDown();
            for (Future<float[]> result : results) {
                // 51 of 255 is a fifth.
                assertThat(result.get()).containsOnly(0.4f);
            }
        } finally {
            threads.shutdown();
        }

        assertThat(calls).hasValue(1);
        assertThat(cache.made()).isEqualTo(1);
        assertThat(cache.found()).isEqualTo(3);
        assertThat(files()).hasSize(1);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** One sample of 2 x 1 pixels. */
    private static Batch batch(NDManager manager, boolean unchanged) {
        byte[] picture = {51, 51, 51, 51, 51, 51};
        Sample sample = new Sample("s", new RgbImage(2, 1, picture), Map.of(), Map.of());
        Batch batch = HostBatch.of(List.of(sample)).toDevice(manager);
        assertThat(batch.unchanged()).isTrue();
        return unchanged ? batch : batch.withPixels(batch.pixels().neg());
    }

    /** A flip or a window has the same samples, but other pixels. */
    @Test
    void otherPixelsOfTheSameSamplesAreOthers() {
        EncodingCache cache = new EncodingCache(folder, 1 << 20);
        try (NDManager manager = TorchRuntime.get().newManager(Device.cpu())) {
            for (boolean unchanged : new boolean[] {true, false, true, false}) {
                float sign = unchanged ? 1 : -1;
                assertThat(cache.encode("any", false, batch(manager, unchanged), one -> new NDList(one.pixels()))
                                .head()
                                .toFloatArray())
                        .containsOnly(0.2f * sign);
            }
        }

        assertThat(cache.made()).isEqualTo(2);
        assertThat(cache.found()).isEqualTo(2);
    }

    /** A picture that is padded to another size is encoded to something else. */
    @Test
    void thePaddingIsPartOfWhatIsKnown() {
        EncodingCache cache = new EncodingCache(folder, 1 << 20);
        try (NDManager manager = TorchRuntime.get().newManager(Device.cpu())) {
            Batch plain = batch(manager, true);
            for (int right : new int[] {0, 2, 4, 2}) {
                Batch padded = new Batch(
                        right == 0 ? plain.pixels() : plain.pixels().pad(new Shape(0, right, 0, 0), 0.5),
                        Map.of(),
                        plain.samples(),
                        true);
                assertThat(cache.encode("any", false, padded, one -> new NDList(one.pixels()))
                                .head()
                                .getShape())
                        .isEqualTo(new Shape(1, 3, 1, 2 + right));
            }
        }

        assertThat(cache.made()).isEqualTo(3);
        assertThat(cache.found()).isEqualTo(1);
    }
}
