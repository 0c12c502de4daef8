package io.iedp.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.iedp.api.UserException;
import io.iedp.api.data.Raster;
import io.iedp.api.data.RgbImage;
import io.iedp.api.data.Sample;
import io.iedp.config.experiment.Experiment;
import io.iedp.engine.data.TrainingData;
import io.iedp.engine.model.Assembly;
import io.iedp.engine.run.DataDescription;
import io.iedp.engine.run.RunFolder;
import io.iedp.io.image.ImageFiles;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IedpModelTest {
    private static final String DEPTH = "more-tasks={range: {head: {type: linear}, task: {type: depth}}}";

    @TempDir
    private Path folder;

    private Path run(String name, String... settings) throws IOException {
        return MicroRun.write(folder.resolve(name), settings);
    }

    private static List<Sample> samples() {
        try (TrainingData data = TrainingData.open(MicroExperiment.with())) {
            return IntStream.range(0, 3).mapToObj(data.val()::get).toList();
        }
    }

    private static BufferedImage image(int index) {
        return samples().get(index).image().toBufferedImage();
    }

    @Test
    void predictsWhatTheTrainingsModelDoes() throws IOException {
        Experiment experiment = MicroExperiment.with(DEPTH);
        Map<String, Raster> expected;
        try (TrainingData data = TrainingData.open(experiment);
                Assembly assembly = Assembly.of(experiment, data.train().info())) {
            expected = assembly.predictions().predict(samples().subList(0, 1)).get(0);
        }
        Path run = run("two-tasks", DEPTH);

        try (IedpModel model = IedpModel.open(run)) {
            Prediction prediction = model.predict(image(0));

            assertThat(model.tasks()).containsExactly("main", "range");
            assertThat(prediction.main().values()).isEqualTo(expected.get("").values());
            // Weights that no longer train have another layout, whose sums are rounded in another order.
            assertThat(prediction.task("range").values())
                    .usingComparatorWithPrecision(1e-4f)
                    .containsExactly(expected.get("range").values());
            assertThat(List.of(prediction.width(), prediction.height())).containsExactly(32, 24);
            assertThat(prediction.overlay().getWidth()).isEqualTo(64);
            assertThatThrownBy(() -> prediction.task("normals"))
                    .hasMessage("There is no task 'normals'; there are [main, range]");
        }
    }

    /** A picture of twice the size has the prediction of the small one, up to what is lost in shrinking. */
    @Test
    void largerImagesAreSeenAsInTraining() throws IOException {
        Path run = run("large");
        RgbImage small = slope(32, 24);
        BufferedImage large = twice(small).toBufferedImage();
        try (IedpModel asTrained = ModelOptions.run(run).open();
                IedpModel longest = ModelOptions.run(run).longest(32).open();
                IedpModel full = ModelOptions.run(run).anySize().open()) {
            assertThat(ModelOptions.run(run).sizeOfSamples()).contains(new DataDescription.Size(32, 24));
            TaskPrediction expected = full.predict(small.toBufferedImage()).main();
            TaskPrediction seen = asTrained.predict(large).main();

            assertThat(List.of(seen.width(), seen.height())).containsExactly(64, 48);
            assertThat(agreement(seen, expected)).isGreaterThan(0.95);
            assertThat(longest.predict(large).main().values()).isEqualTo(seen.values());
            assertThat(asTrained.predict(small.toBufferedImage()).main().values())
                    .isEqualTo(expected.values());
        }
    }

    /** Weights are stored as suits the first picture; those of other sizes must not see that. */
    @Test
    void whatWasPredictedBeforeChangesNothing() throws IOException {
        Path run = run("order", DEPTH);
        BufferedImage small = slope(32, 24).toBufferedImage();
        BufferedImage large = slope(88, 64).toBufferedImage();
        try (IedpModel one = ModelOptions.run(run).anySize().open();
                IedpModel other = ModelOptions.run(run).anySize().open()) {
            float[] first = one.predict(small).task("range").values();
            other.predict(List.of(large, large, large));

            assertThat(other.predict(small).task("range").values()).isEqualTo(first);
        }
    }

    private static RgbImage slope(int width, int height) {
        byte[] pixels = new byte[width * height * 3];
        for (int i = 0; i < pixels.length; i++) {
            int x = i / 3 % width;
            int y = i / 3 / width;
            pixels[i] = (byte) (i % 3 == 0 ? 6 * x : i % 3 == 1 ? 9 * y : 3 * (x + y));
        }
        return new RgbImage(width, height, pixels);
    }

    private static RgbImage twice(RgbImage image) {
        byte[] pixels = new byte[image.pixels().length * 4];
        for (int i = 0; i < pixels.length; i++) {
            int x = i / 3 % (2 * image.width());
            int y = i / 3 / (2 * image.width());
            pixels[i] = image.pixels()[(y / 2 * image.width() + x / 2) * 3 + i % 3];
        }
        return new RgbImage(2 * image.width(), 2 * image.height(), pixels);
    }

    /** The share of the small prediction's pixels that are the same in the middle of a large one. */
    private static double agreement(TaskPrediction large, TaskPrediction small) {
        int same = 0;
        for (int y = 0; y < small.height(); y++) {
            for (int x = 0; x < small.width(); x++) {
                same += large.value(2 * x, 2 * y) == small.value(x, y) ? 1 : 0;
            }
        }
        return (double) same / small.width() / small.height();
    }

    @Test
    void valuesSayWhatTheyAre() throws IOException {
        try (IedpModel model = IedpModel.open(run("words", DEPTH))) {
            Prediction prediction = model.predict(image(1));

            TaskPrediction labels = prediction.main();
            int index = (int) labels.value(3, 4);
            assertThat(labels.quantity()).isEqualTo("class");
            assertThat(labels.classes().get(0).name()).isEqualTo("wall");
            assertThat(labels.classAt(3, 4)).contains(labels.classes().get(index));
            TaskPrediction depth = prediction.task("range");
            assertThat(List.of(depth.quantity(), depth.unit())).containsExactly("depth", "m");
            assertThat(depth.classAt(3, 4)).isEmpty();
            assertThatThrownBy(() -> depth.value(32, 0)).isInstanceOf(IndexOutOfBoundsException.class);

            prediction.write(folder.resolve("out.png"));
            assertThat(ImageFiles.readLabels(folder.resolve("out.png")).values())
                    .isEqualTo(labels.values());
            assertThat(folder.resolve("out-range.png")).exists();
        }
    }

    @Test
    void anyThreadMayAskAndModelsDoNotDisturbEachOther() throws Exception {
        try (IedpModel one = IedpModel.open(run("one"));
                IedpModel other = IedpModel.open(run("other", "seed=5"))) {
            List<BufferedImage> images =
                    IntStream.range(0, 3).mapToObj(IedpModelTest::image).toList();
            List<float[]> alone = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                IedpModel model = i % 2 == 0 ? one : other;
                alone.add(model.predict(images.get(i % 3)).main().values());
            }
            ExecutorService threads = Executors.newFixedThreadPool(4);
            try {
                List<Future<float[]>> together = new ArrayList<>();
                for (int i = 0; i < 16; i++) {
                    IedpModel model = i % 2 == 0 ? one : other;
                    BufferedImage image = images.get(i % 3);
                    together.add(
                            threads.submit(() -> model.predict(image).main().values()));
                }
                for (int i = 0; i < 16; i++) {
                    assertThat(together.get(i).get()).isEqualTo(alone.get(i));
                }
            } finally {
                threads.shutdown();
            }
            assertThat(alone.get(0)).as("two models").isNotEqualTo(alone.get(3));
        }
    }

    @Test
    void severalImagesOfAnySizes() throws IOException {
        try (IedpModel model = IedpModel.open(run("sizes"))) {
            BufferedImage part = image(2).getSubimage(3, 5, 17, 11);

            List<Prediction> predictions = model.predict(List.of(image(0), image(1), part));

            assertThat(predictions)
                    .extracting(prediction -> prediction.main().values().length)
                    .containsExactly(32 * 24, 32 * 24, 17 * 11);
            assertThat(predictions.get(2).main().values())
                    .isEqualTo(model.predict(part).main().values());
            assertThat(model.predict(List.of())).isEmpty();
        }
    }

    /** Neither a data set's plugin nor the weights of a branch that only trains is needed. */
    @Test
    void whatPredictionDoesNotNeedMayBeGone() throws IOException {
        Path run = run("lean");
        float[] expected;
        try (IedpModel model = IedpModel.open(run)) {
            expected = model.predict(image(0)).main().values();
        }
        Path file = new RunFolder(run).experiment();
        String lean = Files.readString(file)
                .replaceAll("type: rooms", "type: acme/gone")
                .replace("    type: label-prompt\n", "    type: label-prompt\n    weights: /gone/clip\n")
                .replaceAll("(?m)^training:$", "training:\n  no-such-key: 1");
        Files.writeString(file, lean);

        try (IedpModel model = IedpModel.open(run)) {
            assertThat(model.predict(image(0)).main().values()).isEqualTo(expected);
        }
    }

    @Test
    void anExperimentFileWithWeightsFindsItsClassesInTheRun() throws IOException {
        Path run = run("mine");
        Path file = Files.copy(new RunFolder(run).experiment(), folder.resolve("mine.yaml"));

        try (IedpModel model = IedpModel.open(file, new RunFolder(run).checkpoint());
                IedpModel same = IedpModel.open(run)) {
            assertThat(model.predict(image(0)).main().values())
                    .isEqualTo(same.predict(image(0)).main().values());
        }
        Path alone = Files.copy(new RunFolder(run).checkpoint(), folder.resolve("alone.safetensors"));
        try (IedpModel model = IedpModel.open(file, alone)) {
            assertThat(model.predict(image(0)).main().classes()).isNotEmpty();
        }
    }

    @Test
    void whatIsWrongIsSaid() throws IOException {
        Path run = run("wrong");
        assertThatThrownBy(() -> IedpModel.open(folder.resolve("none")))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("none is no run folder");
        assertThatThrownBy(() -> IedpModel.open(new RunFolder(run).experiment(), folder.resolve("no.safetensors")))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("There is no file");
        assertThatThrownBy(() -> ModelOptions.run(run).best())
                .isInstanceOf(UserException.class)
                .hasMessageContaining("has no best weights");
        assertThatThrownBy(() -> ModelOptions.run(run).device("gpu:7").open())
                .isInstanceOf(UserException.class)
                .hasMessageContaining("gpu:7 is not there");
        assertThatThrownBy(() -> IedpModel.open(run("oracle", "guidance.explicit.use=oracle")))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("oracle");
        IedpModel closed = IedpModel.open(run);
        closed.close();
        closed.close();
        assertThatThrownBy(() -> closed.predict(image(0))).hasMessage("The model is closed");
    }
}
