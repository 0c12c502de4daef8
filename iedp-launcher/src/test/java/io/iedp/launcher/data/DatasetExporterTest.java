package io.iedp.launcher.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.iedp.api.UserException;
import io.iedp.api.data.ClassInfo;
import io.iedp.api.data.Dataset;
import io.iedp.api.data.DatasetContext;
import io.iedp.api.data.DatasetInfo;
import io.iedp.api.data.Raster;
import io.iedp.api.data.RgbImage;
import io.iedp.api.data.Sample;
import io.iedp.config.ComponentBinder;
import io.iedp.config.plugin.Catalog;
import io.iedp.config.plugin.Kind;
import io.iedp.config.plugin.PluginLoader;
import io.iedp.io.image.ImageFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetExporterTest {
    private static final List<ClassInfo> CLASSES =
            List.of(new ClassInfo("wall", 0x9a9a8e), new ClassInfo("swivel chair", 0x0000ff));

    @TempDir
    Path temporary;

    private Path folder;

    @BeforeEach
    void chooseFolder() {
        folder = temporary.resolve("data");
    }

    private record Generated(List<ClassInfo> classes, int size, IntFunction<Sample> maker) implements Dataset {
        @Override
        public DatasetInfo info() {
            return new DatasetInfo(classes, 10);
        }

        @Override
        public Sample get(int index) {
            return maker.apply(index);
        }
    }

    private static Dataset samples(int count) {
        return new Generated(CLASSES, count, DatasetExporterTest::sample);
    }

    private static Sample sample(int index) {
        return new Sample(
                "s" + index,
                new RgbImage(2, 1, new byte[] {1, 2, 3, 4, 5, 6}),
                Map.of(
                        Sample.LABELS, Raster.labels(2, 1, new float[] {index % 2, Raster.IGNORE}),
                        Sample.DEPTH, Raster.depth(2, 1, new float[] {index + 0.5f, 0})),
                Map.of(Sample.SCENE, "office", Sample.CAPTION, "an office, with a chair"));
    }

    private DatasetExporter exporter() {
        return new DatasetExporter(folder, (done, of) -> {});
    }

    private static Dataset open(String type, long seed, String... settings) {
        Catalog catalog = PluginLoader.load(Path.of("no-such-folder"));
        return ComponentBinder.bind(catalog, Kind.DATASET, type, List.of(settings))
                .create((DatasetContext) () -> seed);
    }

    @Test
    void layoutIsThatOfAde20k() throws IOException {
        exporter().export(samples(2), samples(1), "two and one");
        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files.filter(Files::isRegularFile)
                            .map(file -> folder.relativize(file).toString()))
                    .containsExactlyInAnyOrder(
                            "export.begun",
                            "export.txt",
                            "classes.txt",
                            "captions.csv",
                            "images/training/s0.jpg",
                            "images/training/s1.jpg",
                            "images/validation/s0.jpg",
                            "annotations/training/s0.png",
                            "annotations/training/s1.png",
                            "annotations/validation/s0.png",
                            "depth/training/s0.png",
                            "depth/training/s1.png",
                            "depth/validation/s0.png");
        }
        assertThat(folder.resolve("classes.txt")).hasContent("wall, #9a9a8e\nswivel chair, #0000ff\n");
        assertThat(folder.resolve("captions.csv")).hasContent("""
                        name,scene,caption
                        training/s0,office,"an office, with a chair"
                        training/s1,office,"an office, with a chair"
                        validation/s0,office,"an office, with a chair"
                        """);
        assertThat(ImageFiles.readLabels(folder.resolve("annotations/training/s1.png"))
                        .values())
                .containsExactly(2, 0);
        assertThat(ImageFiles.readDepth(folder.resolve("depth/training/s1.png"), 0.001)
                        .values())
                .containsExactly(1.5f, 0);
    }

    @Test
    void roomsComeBackFromDisk() {
        Dataset training = open("rooms", 5, "count=3", "width=48", "height=36");
        Dataset validation =
                open("rooms", 5, "count=2", "start=100", "width=36", "height=48", "captions=varied", "variety=rich");
        exporter().export(training, validation, "rooms");
        for (String split : List.of("training", "validation")) {
            Dataset written = split.equals("training") ? training : validation;
            Dataset read = open(
                    "folder",
                    5,
                    "root=" + folder,
                    "split=" + split,
                    "depth=depth",
                    "max-depth=" + written.info().maxDepth(),
                    "reduce-zero-label=true");
            assertThat(read.info()).isEqualTo(written.info());
            assertThat(read.size()).isEqualTo(written.size());
            for (int i = 0; i < read.size(); i++) {
                assertSame(read.get(i), written.get(i));
            }
        }
    }

    private static void assertSame(Sample read, Sample written) {
        assertThat(read.name()).isEqualTo(written.name());
        assertThat(read.texts()).isEqualTo(written.texts());
        assertThat(read.target(Sample.LABELS).values())
                .isEqualTo(written.target(Sample.LABELS).values());
        // Depth is rounded to millimetres, and JPEG changes colours a little.
        assertThat(read.target(Sample.DEPTH).values())
                .containsExactly(written.target(Sample.DEPTH).values(), within(0.00051f));
        double error = IntStream.range(0, read.image().pixels().length)
                .map(i -> Math.abs(
                        (read.image().pixels()[i] & 0xff) - (written.image().pixels()[i] & 0xff)))
                .average()
                .orElseThrow();
        assertThat(error).isLessThan(8);
    }

    @Test
    void progressIsHeard() {
        List<String> heard = new ArrayList<>();
        new DatasetExporter(folder, (done, of) -> heard.add(done + "/" + of)).export(samples(2), samples(1), "");
        assertThat(heard).containsExactly("1/3", "2/3", "3/3");
    }

    @Test
    void doneMeansExactlyThis() {
        assertThat(exporter().isDone("a")).isFalse();
        exporter().export(samples(1), samples(1), "a");
        assertThat(exporter().isDone("a")).isTrue();
        assertThat(exporter().isDone("b")).isFalse();
    }

    @Test
    void otherSettingsReplaceAnEarlierExport() {
        exporter().export(samples(3), samples(1), "a");
        exporter().export(samples(1), samples(2), "b");
        assertThat(exporter().isDone("a")).isFalse();
        assertThat(exporter().isDone("b")).isTrue();
        assertThat(folder.resolve("images/training")).isDirectoryNotContaining("glob:**s2.jpg");
        assertThat(folder.resolve("images/validation/s1.jpg")).exists();
    }

    @Test
    void foreignDataIsLeftAlone() throws IOException {
        Files.createDirectories(folder.resolve("images"));
        Path precious = Files.writeString(folder.resolve("images/holiday.jpg"), "precious");
        assertThatThrownBy(() -> exporter().export(samples(1), samples(1), "a"))
                .isInstanceOf(UserException.class)
                .hasMessage(folder + " is not empty, and nothing says that an export made it."
                        + " Choose another folder, or remove it.");
        assertThat(precious).hasContent("precious");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).hasSize(1);
        }
    }

    /** A link to data elsewhere is replaced, never followed. */
    @Test
    void linkedDataIsLeftAlone() throws IOException {
        exporter().export(samples(1), samples(1), "a");
        Path elsewhere = Files.createDirectory(temporary.resolve("elsewhere"));
        Path precious = Files.writeString(elsewhere.resolve("holiday.jpg"), "precious");
        Files.move(folder.resolve("images"), temporary.resolve("moved"));
        Files.createSymbolicLink(folder.resolve("images"), elsewhere);
        exporter().export(samples(1), samples(1), "b");
        assertThat(precious).hasContent("precious");
        assertThat(folder.resolve("images/training/s0.jpg")).exists();
    }

    @Test
    void anEmptyFolderIsTaken() throws IOException {
        Files.createDirectories(folder);
        exporter().export(samples(1), samples(1), "a");
        assertThat(exporter().isDone("a")).isTrue();
    }

    @Test
    void aFailedExportIsDoneAgain() {
        exporter().export(samples(1), samples(1), "a");
        Dataset broken = new Generated(CLASSES, 5, index -> {
            if (index == 3) {
                throw new UserException("s3 is broken");
            }
            return sample(index);
        });
        assertThatThrownBy(() -> exporter().export(broken, samples(1), "b"))
                .isInstanceOf(UserException.class)
                .hasMessage("s3 is broken");
        assertThat(exporter().isDone("a")).isFalse();
        assertThat(exporter().isDone("b")).isFalse();
        exporter().export(samples(1), samples(1), "b");
        assertThat(exporter().isDone("b")).isTrue();
    }

    @Test
    void aKilledExportIsDoneAgain() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        DatasetExporterTest.class.getName(),
                        folder.toString())
                .redirectErrorStream(true)
                .start();
        try {
            while (!Files.exists(folder.resolve("annotations/training/s1.png"))) {
                assertThat(process.isAlive()).isTrue();
                Thread.sleep(10);
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
        assertThat(exporter().isDone("killed")).isFalse();
        exporter().export(samples(1), samples(1), "killed");
        assertThat(exporter().isDone("killed")).isTrue();
        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files).noneMatch(file -> file.toString().endsWith(".part"));
        }
    }

    /** Exports samples that take so long that there is time to be killed. */
    public static void main(String[] arguments) {
        Dataset slow = new Generated(CLASSES, 10_000, index -> {
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return sample(index);
        });
        new DatasetExporter(Path.of(arguments[0]), (done, of) -> {}).export(slow, samples(1), "killed");
    }

    @Test
    void twoExportsDoNotWriteAtOnce() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        Dataset waiting = new Generated(CLASSES, 1, index -> {
            started.countDown();
            try {
                end.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return sample(index);
        });
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            Future<?> first = other.submit(() -> exporter().export(waiting, samples(1), "a"));
            started.await();
            assertThatThrownBy(() -> exporter().export(samples(1), samples(1), "b"))
                    .isInstanceOf(UserException.class)
                    .hasMessage("Data is being written to %s right now. Wait until that is done.".formatted(folder));
            end.countDown();
            first.get();
        } finally {
            other.shutdownNow();
        }
        assertThat(exporter().isDone("a")).isTrue();
    }

    @Test
    void whatCannotBeToldApartIsRefused() {
        Dataset twice = new Generated(CLASSES, 2, index -> sample(0));
        assertThatThrownBy(() -> exporter().export(twice, samples(1), "a"))
                .isInstanceOf(UserException.class)
                .hasMessage("The training data has two samples with the name s0");
        Dataset others = new Generated(CLASSES.subList(0, 1), 1, DatasetExporterTest::sample);
        assertThatThrownBy(() -> exporter().export(samples(1), others, "a"))
                .isInstanceOf(UserException.class)
                .hasMessage(
                        "The parts of an export must have the same classes, but have [wall, swivel chair] and [wall]");
        List<ClassInfo> many = IntStream.range(0, 255)
                .mapToObj(i -> new ClassInfo("class " + i, 0))
                .toList();
        Dataset full = new Generated(many, 1, DatasetExporterTest::sample);
        assertThatThrownBy(() -> exporter().export(full, full, "a"))
                .isInstanceOf(UserException.class)
                .hasMessage("8-bit label maps can tell only 254 classes and nothing apart, but there are 255");
    }

    @Test
    void aFolderThatCannotBeMadeIsNamed() throws IOException {
        folder = Files.writeString(temporary.resolve("file"), "").resolve("data");
        assertThatThrownBy(() -> exporter().export(samples(1), samples(1), "a"))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith("The data cannot be written to " + folder);
    }
}
