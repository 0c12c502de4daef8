package io.iedp.datasets.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.iedp.api.UserException;
import io.iedp.api.data.ClassInfo;
import io.iedp.api.data.Dataset;
import io.iedp.api.data.Raster;
import io.iedp.api.data.RgbImage;
import io.iedp.api.data.Sample;
import io.iedp.io.image.ImageFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderTest {
    @TempDir
    Path root;

    /** The keys that a test sets; the rest have their defaults. */
    private final class Settings {
        private Optional<String> split = Optional.empty();
        private String labels = "annotations";
        private String labelEnding = ".png";
        private String depth = "";
        private List<String> classNames = List.of("wall", "floor", "bed");
        private boolean reduceZeroLabel;
        private List<Integer> ignore = List.of();
        private Optional<Integer> limit = Optional.empty();

        Dataset open() {
            return Folder.open(new Folder.Config(
                    root,
                    split,
                    "images",
                    labels,
                    labelEnding,
                    depth,
                    0.001,
                    10,
                    classNames,
                    reduceZeroLabel,
                    ignore,
                    limit));
        }
    }

    private static RgbImage picture(int width, int height) {
        byte[] pixels = new byte[width * height * 3];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) i;
        }
        return new RgbImage(width, height, pixels);
    }

    private Path file(String name) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        return file;
    }

    private void image(String name) throws IOException {
        image(name, 3, 2);
    }

    private void image(String name, int width, int height) throws IOException {
        Path file = file("images/" + name);
        if (name.toLowerCase(Locale.ROOT).endsWith("g")
                && !name.toLowerCase(Locale.ROOT).endsWith("png")) {
            ImageFiles.writeJpeg(picture(width, height), file);
        } else {
            ImageFiles.writePng(picture(width, height), file);
        }
    }

    private void labels(String name, float... values) throws IOException {
        ImageFiles.writeLabels(Raster.labels(3, 2, values), file("annotations/" + name));
    }

    private void labels(String name) throws IOException {
        labels(name, 0, 1, 2, 0, 1, 255);
    }

    private static float[] labels(Dataset dataset, int index) {
        return dataset.get(index).target(Sample.LABELS).values();
    }

    private static List<String> names(Dataset dataset) {
        return IntStream.range(0, dataset.size())
                .mapToObj(i -> dataset.get(i).name())
                .toList();
    }

    private static void assertFails(org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(UserException.class).hasMessage(message);
    }

    // What is read.

    @Test
    void pairsPicturesWithTheirMaps() throws IOException {
        image("b.png");
        image("a.jpg");
        labels("b.png", 2, 2, 2, 1, 1, 1);
        labels("a.png");
        Dataset dataset = new Settings().open();
        assertThat(names(dataset)).containsExactly("a", "b");
        assertThat(dataset.get(1).image().pixels()).isEqualTo(picture(3, 2).pixels());
        assertThat(labels(dataset, 0)).containsExactly(0, 1, 2, 0, 1, Raster.IGNORE);
        assertThat(labels(dataset, 1)).containsExactly(2, 2, 2, 1, 1, 1);
        assertThat(dataset.info().classNames()).containsExactly("wall", "floor", "bed");
        assertThat(dataset.info().maxDepth()).isZero();
    }

    @Test
    void splitIsAFolderInside() throws IOException {
        image("training/a.png");
        image("validation/b.png");
        labels("training/a.png");
        labels("validation/b.png");
        Settings settings = new Settings();
        settings.split = Optional.of("validation");
        assertThat(names(settings.open())).containsExactly("b");
    }

    /** As in the full ADE20K: images/training/a/abbey/1.jpg. */
    @Test
    void foldersAreReadWithThoseInside() throws IOException {
        image("b/bath/1.png");
        image("a/abbey/1.png");
        image("top.png");
        labels("b/bath/1.png", 1, 1, 1, 1, 1, 1);
        labels("a/abbey/1.png");
        labels("top.png");
        Dataset dataset = new Settings().open();
        assertThat(names(dataset)).containsExactly("a_abbey_1", "b_bath_1", "top");
        assertThat(labels(dataset, 1)).containsOnly(1);
    }

    @Test
    void caseOfEndingsDoesNotMatterAndHiddenFilesDoNotCount() throws IOException {
        image("a.JPG");
        image("b.Jpeg");
        image("c.PNG");
        labels("a.PNG");
        labels("b.png");
        labels("c.Png");
        Files.writeString(file("images/._a.JPG"), "left by a file manager");
        Files.writeString(file("images/.cache/x.jpg"), "left by a file manager");
        Files.writeString(file("images/README.txt"), "no picture");
        Dataset dataset = new Settings().open();
        assertThat(names(dataset)).containsExactly("a", "b", "c");
    }

    @Test
    void labelMapsMayHaveALongerEnding() throws IOException {
        image("a.jpg");
        labels("a_labelIds.png");
        labels("a_color.png");
        Settings settings = new Settings();
        settings.labelEnding = "_labelIds.png";
        assertThat(labels(settings.open(), 0)).startsWith(0, 1, 2);
    }

    @Test
    void zeroLabelStandsForNothing() throws IOException {
        image("a.png");
        labels("a.png", 0, 1, 2, 3, 255, 1);
        Settings settings = new Settings();
        settings.reduceZeroLabel = true;
        assertThat(labels(settings.open(), 0)).containsExactly(255, 0, 1, 2, 255, 0);
    }

    @Test
    void ignoredLabelsAreThoseOfTheFiles() throws IOException {
        image("a.png");
        labels("a.png", 0, 1, 2, 3, 200, 255);
        Settings settings = new Settings();
        settings.ignore = List.of(1, 200);
        settings.reduceZeroLabel = true;
        assertThat(labels(settings.open(), 0)).containsExactly(255, 255, 1, 2, 255, 255);
    }

    @Test
    void limitTakesTheFirst() throws IOException {
        for (String name : List.of("a", "b", "c")) {
            image(name + ".png");
        }
        labels("a.png");
        labels("b.png");
        Settings settings = new Settings();
        settings.limit = Optional.of(2);
        assertThat(names(settings.open())).containsExactly("a", "b");
        settings.limit = Optional.of(9);
        labels("c.png");
        assertThat(names(settings.open())).containsExactly("a", "b", "c");
    }

    @Test
    void depthAloneNeedsNoClasses() throws IOException {
        image("a.png");
        float[] metres = {0, 1, 1.5f, 2, 9.999f, 0.001f};
        ImageFiles.writeDepth(Raster.depth(3, 2, metres), 0.001, file("depth/a.png"));
        Settings settings = new Settings();
        settings.labels = "";
        settings.depth = "depth";
        settings.classNames = List.of();
        Dataset dataset = settings.open();
        assertThat(dataset.get(0).target(Sample.DEPTH).values()).containsExactly(metres);
        assertThat(dataset.get(0).targets()).containsOnlyKeys(Sample.DEPTH);
        assertThat(dataset.info().classes()).isEmpty();
        assertThat(dataset.info().maxDepth()).isEqualTo(10);
    }

    @Test
    void thousandsOfFilesAreListed() throws IOException {
        for (int i = 0; i < 4000; i++) {
            Files.createFile(file(String.format(Locale.ROOT, "images/%05d.jpg", i)));
            Files.createFile(file(String.format(Locale.ROOT, "annotations/%05d.png", i)));
        }
        assertThat(new Settings().open().size()).isEqualTo(4000);
    }

    // Classes and captions.

    @Test
    void classesComeFromAFile() throws IOException {
        image("a.png");
        labels("a.png");
        Files.writeString(
                root.resolve("classes.txt"), "\uFEFFwall, #9a9a8e\r\n\r\nswivel chair\r\ntable, round,#00ff00\n");
        Settings settings = new Settings();
        settings.classNames = List.of();
        // Class 2 of PASCAL VOC is green.
        assertThat(settings.open().info().classes())
                .containsExactly(
                        new ClassInfo("wall", 0x9a9a8e),
                        new ClassInfo("swivel chair", 0x008000),
                        new ClassInfo("table, round", 0x00ff00));
    }

    /** The first colours of PASCAL VOC, and no colour twice. */
    @Test
    void classesHaveColors() {
        assertThat(IntStream.range(0, 9).mapToObj(ClassList::color))
                .containsExactly(0, 0x800000, 0x008000, 0x808000, 0x000080, 0x800080, 0x008080, 0x808080, 0x400000);
        assertThat(IntStream.range(0, 256).map(ClassList::color).distinct().count())
                .isEqualTo(256);
    }

    @Test
    void classesMustBeKnown() throws IOException {
        image("a.png");
        labels("a.png");
        Settings settings = new Settings();
        settings.classNames = List.of();
        Path file = root.resolve("classes.txt");
        assertFails(
                settings::open,
                "The names of the classes are not known: set class-names, or write them into %s, one a line."
                        .formatted(file));
        Files.writeString(file, "\n\n");
        assertFails(settings::open, file + " names no class");
        Files.write(file, "Möbel".getBytes(StandardCharsets.ISO_8859_1));
        assertFails(settings::open, file + " is no text in UTF-8");
        settings.classNames =
                IntStream.range(0, 255).mapToObj(i -> "class " + i).toList();
        settings.reduceZeroLabel = true;
        assertFails(settings::open, "class-names: there are 255 classes, but 8-bit label maps can tell only 254 apart");
    }

    @Test
    void captions() throws IOException {
        image("training/a.png");
        image("training/b.png");
        labels("training/a.png");
        labels("training/b.png");
        Files.writeString(root.resolve("captions.csv"), """
                name,scene,caption
                validation/a,office,another
                training/a,kitchen,"a ""small"" kitchen,
                with a table"
                """);
        Settings settings = new Settings();
        settings.split = Optional.of("training");
        Dataset dataset = settings.open();
        assertThat(dataset.get(0).texts())
                .isEqualTo(Map.of(Sample.SCENE, "kitchen", Sample.CAPTION, "a \"small\" kitchen,\nwith a table"));
        assertThat(dataset.get(1).texts()).isEmpty();
    }

    @Test
    void damagedCaptionsAreNamed() throws IOException {
        image("a.png");
        labels("a.png");
        Path file = root.resolve("captions.csv");
        Files.writeString(file, "a,b\n");
        assertFails(() -> new Settings().open(), file + " must begin with the line name,scene,caption");
        Files.writeString(file, "name,scene,caption\na,kitchen\n");
        assertFails(() -> new Settings().open(), file + ": the row of 'a' has 2 fields, not 3");
        Files.writeString(file, "name,scene,caption\na,kitchen,\"a kitchen\n");
        assertFails(
                () -> new Settings().open(),
                file + " is no table: (startline 2) EOF reached before encapsulated token finished");
    }

    // What is wrong.

    @Test
    void missingFoldersAreNamed() throws IOException {
        Path images = root.resolve("images");
        assertFails(
                () -> new Settings().open(),
                "There is no folder %s of pictures; set root, images and split to where they are".formatted(images));
        Files.createDirectories(images);
        assertFails(() -> new Settings().open(), "There is no .jpg, .jpeg or .png picture in " + images);
        image("a.png");
        assertFails(
                () -> new Settings().open(),
                "There is no folder %s of label maps".formatted(root.resolve("annotations")));
        root = root.resolve("nowhere");
        assertFails(() -> new Settings().open(), "There is no folder %s (root of the data set)".formatted(root));
    }

    @Test
    void missingMapsAreNamed() throws IOException {
        for (int i = 0; i < 8; i++) {
            image("x/%s.jpg".formatted(i));
        }
        labels("x/0.png");
        Dataset dataset = new Settings().open();
        assertThat(dataset.size()).isEqualTo(8);
        assertThat(dataset.problems())
                .hasSize(7)
                .startsWith("There is no label map " + root.resolve("annotations/x/1.png"));
        assertThat(labels(dataset, 0)).hasSize(6);
        assertFails(() -> dataset.get(1), "There is no file " + root.resolve("annotations/x/1.png"));
    }

    @Test
    void picturesOfOneNameAreRefused() throws IOException {
        image("a.jpg");
        image("a.png");
        labels("a.png");
        assertThatThrownBy(() -> new Settings().open())
                .isInstanceOf(UserException.class)
                .hasMessageMatching(
                        ".*a\\.(png|jpg) and a\\.(png|jpg) have the same name. Remove or rename one of them.");
        Files.delete(root.resolve("images/a.jpg"));
        image("b/a.png");
        image("b_a.png");
        labels("b/a.png");
        labels("b_a.png");
        assertFails(
                () -> new Settings().open(),
                "%s: there are two pictures that would be called 'b_a'. Rename one of them."
                        .formatted(root.resolve("images/b_a.png")));
    }

    @Test
    void labelsOutOfRangeAreNamed() throws IOException {
        image("a.png");
        labels("a.png", 0, 1, 2, 0, 7, 8);
        Path map = root.resolve("annotations/a.png");
        assertFails(
                () -> new Settings().open().get(0),
                map + ": the pixel at (1, 1) has label 7 (others have 8), but there are 3 classes, with labels 0 to 2."
                        + " Labels that stand for no class belong into 'ignore'."
                        + " If 0 stands for nothing and the classes begin at 1, set reduce-zero-label: true.");
        Settings settings = new Settings();
        settings.reduceZeroLabel = true;
        settings.ignore = List.of(8);
        assertFails(
                () -> settings.open().get(0),
                map + ": the pixel at (1, 1) has label 7, but there are 3 classes, with labels 1 to 3."
                        + " Labels that stand for no class belong into 'ignore'.");
    }

    @Test
    void sizesMustAgree() throws IOException {
        image("a.png", 4, 2);
        image("b.png", 2, 3);
        labels("a.png");
        labels("b.png");
        Dataset dataset = new Settings().open();
        Path images = root.resolve("images");
        Path maps = root.resolve("annotations");
        assertFails(
                () -> dataset.get(0), "%s/a.png is 3 x 2, but its picture %s/a.png is 4 x 2".formatted(maps, images));
        assertFails(
                () -> dataset.get(1),
                "%s/b.png is 3 x 2, but its picture %s/b.png is 2 x 3, upright as its EXIF orientation says. Turn the map, too."
                        .formatted(maps, images));
    }

    @Test
    void filesOfTheWrongKindAreNamed() throws IOException {
        for (String name : List.of("colors", "deep", "jpeg", "damaged")) {
            image(name + ".png");
        }
        Path maps = root.resolve("annotations");
        ImageFiles.writePng(picture(3, 2), file("annotations/colors.png"));
        ImageFiles.writeDepth(Raster.depth(3, 2, new float[6]), 0.001, file("annotations/deep.png"));
        ImageFiles.writeJpeg(picture(3, 2), file("annotations/jpeg.png"));
        labels("damaged.png");
        byte[] bytes = Files.readAllBytes(maps.resolve("damaged.png"));
        Files.write(maps.resolve("damaged.png"), Arrays.copyOf(bytes, bytes.length - 20));
        Dataset dataset = new Settings().open();
        assertThat(names(dataset, 0)).startsWith(maps.resolve("colors.png") + " has 3 channels.");
        assertThat(names(dataset, 1)).startsWith(maps.resolve("damaged.png") + " is damaged: ");
        assertThat(names(dataset, 2)).startsWith(maps.resolve("deep.png") + " has 16 bits a pixel.");
        assertThat(names(dataset, 3)).startsWith(maps.resolve("jpeg.png") + " is a JPEG picture.");
    }

    private static String names(Dataset dataset, int index) {
        try {
            return dataset.get(index).name();
        } catch (UserException e) {
            return e.getMessage();
        }
    }

    @Test
    void aFileMayGoMissingLater() throws IOException {
        image("a.png");
        labels("a.png");
        Dataset dataset = new Settings().open();
        Files.delete(root.resolve("images/a.png"));
        assertFails(() -> dataset.get(0), "There is no file " + root.resolve("images/a.png"));
    }

    @Test
    void aLineOfManySpacesIsAClass() {
        String name = "a" + " ".repeat(100_000) + "b";
        assertThat(ClassList.of(List.of(name, name + " , #00ff00", ", #0000ff"), Path.of("classes.txt"), false))
                .extracting(ClassInfo::name)
                .containsExactly(name, name, ", #0000ff");
    }
}
