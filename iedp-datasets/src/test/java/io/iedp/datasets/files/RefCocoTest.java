package io.iedp.datasets.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.iedp.api.UserException;
import io.iedp.api.data.Dataset;
import io.iedp.api.data.Raster;
import io.iedp.api.data.Sample;
import io.iedp.datasets.Layouts;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RefCocoTest {
    private static final Path ANY = Path.of("any.jpg");

    @TempDir
    Path root;

    private Dataset open(String split, RefCoco.Sentences sentences) {
        return open(split, sentences, Optional.empty());
    }

    private Dataset open(String split, RefCoco.Sentences sentences, Optional<Integer> size) {
        return RefCoco.open(
                new RefCoco.Config(root, "refcoco", "unc", split, sentences, size, Optional.empty(), Optional.empty()));
    }

    private Dataset open(String split) {
        return open(split, RefCoco.Sentences.ALL);
    }

    /** The first object has two expressions, the second one: VPD's epoch visits each object, with one of them. */
    @Test
    void anEpochMayTakeOneExpressionOfEachObjectAtRandom() {
        Layouts.refCoco(root);
        Dataset train = open("train", RefCoco.Sentences.RANDOM);
        List<String> all = IntStream.range(0, train.size())
                .mapToObj(i -> train.get(i).name())
                .toList();
        Set<List<String>> epochs = new HashSet<>();
        for (int seed = 0; seed < 50; seed++) {
            int[] order = train.order(new Random(seed));
            assertThat(order).isEqualTo(train.order(new Random(seed)));
            epochs.add(Arrays.stream(order).mapToObj(all::get).toList());
        }

        assertThat(all)
                .isEqualTo(IntStream.range(0, train.size())
                        .mapToObj(i -> open("train").get(i).name())
                        .toList());
        List<String> objects =
                all.stream().map(name -> name.split("_")[0]).distinct().toList();
        assertThat(epochs)
                .allSatisfy(epoch -> assertThat(epoch.stream().map(name -> name.split("_")[0]))
                        .containsExactlyInAnyOrderElementsOf(objects));
        assertThat(epochs.stream().flatMap(List::stream)).containsAll(all);
    }

    /** Pillow's nearest neighbour takes what lies at the centre of a new pixel. */
    @Test
    void picturesAndMasksMayHaveOneSize() {
        Layouts.refCoco(root);
        Sample own = open("train").get(0);
        Sample resized = open("train", RefCoco.Sentences.ALL, Optional.of(16)).get(0);
        Raster mask = own.target(Sample.MASK);

        assertThat(List.of(resized.image().width(), resized.image().height())).containsExactly(16, 16);
        for (int y = 0; y < 16; y++) {
            for (int x = 0; x < 16; x++) {
                assertThat(resized.target(Sample.MASK).at(x, y))
                        .isEqualTo(
                                mask.at((int) ((x + 0.5) * mask.width() / 16), (int) ((y + 0.5) * mask.height() / 16)));
            }
        }
    }

    @Test
    void anExpressionIsASample() {
        Layouts.refCoco(root);
        Dataset train = open("train");

        assertThat(train.problems()).isEmpty();
        assertThat(IntStream.range(0, train.size()).mapToObj(i -> train.get(i).name()))
                .containsExactly("10_0", "10_1", "11_0");
        assertThat(train.get(0).texts()).isEqualTo(Map.of(Sample.EXPRESSION, "the red part"));
        assertThat(train.get(1).texts()).isEqualTo(Map.of(Sample.EXPRESSION, "upper right"));
        // The outline is the second quarter, from (16, 0) to (32, 12).
        assertThat(train.get(0).target(Sample.MASK).values())
                .isEqualTo(Layouts.quarters(Layouts.WIDTH, Layouts.HEIGHT, q -> q == 1 ? 1 : 0));
        assertThat(open("train", RefCoco.Sentences.FIRST).size()).isEqualTo(2);
    }

    /** 24 outside, 12 inside: the upper half of the second column. */
    @Test
    void runLengthsGoDownTheColumns() {
        Layouts.refCoco(root);
        for (Sample sample : List.of(open("train").get(2), open("val").get(0))) {
            Raster mask = sample.target(Sample.MASK);
            for (int y = 0; y < 24; y++) {
                for (int x = 0; x < 32; x++) {
                    assertThat(mask.at(x, y)).isEqualTo(x == 1 && y < 12 ? 1 : 0);
                }
            }
        }
    }

    /**
     * The same references as in JSON: by {@code pickle.dumps} of Python 3, and with the operations and numbering of
     * Python 2's cPickle, which the published files are of.
     */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "python2-protocol0",
                "python2-protocol1",
                "python2-protocol2",
                "python3-protocol0",
                "python3-protocol2",
                "python3-protocol4"
            })
    void theReferencesAreReadAsPublished(String name) throws IOException {
        Layouts.refCoco(root);
        List<Sample> expected = samples();
        assertThat(expected).hasSize(4);
        pickle(name);

        List<Sample> samples = samples();

        assertThat(samples).extracting(Sample::name).containsExactly("10_0", "10_1", "11_0", "12_0");
        for (int i = 0; i < expected.size(); i++) {
            assertThat(samples.get(i).texts()).isEqualTo(expected.get(i).texts());
            assertThat(samples.get(i).target(Sample.MASK).values())
                    .isEqualTo(expected.get(i).target(Sample.MASK).values());
        }
    }

    private List<Sample> samples() {
        return Stream.of(open("train"), open("val"))
                .flatMap(part -> IntStream.range(0, part.size()).mapToObj(part::get))
                .toList();
    }

    /** Puts a pickle of the same references in the place of the JSON. */
    private Path pickle(String name) throws IOException {
        Path file = root.resolve("refcoco/refs(unc).p");
        try (InputStream stream = RefCocoTest.class.getResourceAsStream("refs-" + name + ".p")) {
            Files.write(file, stream.readAllBytes());
        }
        Files.delete(root.resolve("refcoco/refs(unc).json"));
        return file;
    }

    @Test
    void aPickleThatIsNotWhatItShouldBeIsNamed() throws IOException {
        Layouts.refCoco(root);
        Path file = pickle("python2-protocol2");

        assertThatThrownBy(() -> open("testA")).hasMessage(file + " has no split 'testA'; it has [train, val]");
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 100));
        assertThatThrownBy(() -> open("train"))
                .isInstanceOf(UserException.class)
                .hasMessage(file + " cannot be read as a pickle: it ends in the middle, after 100 bytes");
        Files.writeString(file, "cos\nsystem\n(S'true'\ntR.");
        assertThatThrownBy(() -> open("train"))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith(file + " cannot be read as a pickle: it wants to run os.system");
        Files.writeString(file, "}.");
        assertThatThrownBy(() -> open("train"))
                .isInstanceOf(UserException.class)
                .hasMessage(file + " is not as it should be: it is no list of references");
        Files.writeString(file, "(lp1\n(dp2\nS'ref_id'\nI10\nsa.");
        assertThatThrownBy(() -> open("train"))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith(file + " is not as it should be: a reference has no ref_id, ann_id")
                .hasMessageEndingWith("(number 0)");
        Files.delete(file);
        assertThatThrownBy(() -> open("train"))
                .hasMessage("There is no file of references in %s: neither %s"
                        .formatted(
                                root.resolve("refcoco"),
                                "refs(unc).json nor refs_unc.json nor refs.json nor refs(unc).p"));
    }

    @Test
    void mistakesAreNamed() throws IOException {
        Layouts.refCoco(root);
        Path references = root.resolve("refcoco/refs(unc).json");
        Path instances = root.resolve("refcoco/instances.json");
        assertThatThrownBy(() -> open("testA")).hasMessage(references + " has no split 'testA'; it has [train, val]");

        Files.delete(root.resolve("images/train2014/COCO_train2014_000000000025.jpg"));
        assertThat(open("train").problems())
                .containsExactly(
                        "There is no picture " + root.resolve("images/train2014/COCO_train2014_000000000025.jpg"));

        String text = Files.readString(instances);
        Files.writeString(instances, text.replace("\"id\": 1, \"image_id\"", "\"id\": 99, \"image_id\""));
        assertThatThrownBy(() -> open("train"))
                .hasMessage(instances + " has no annotation 1, which the reference 10 in " + references + " needs");
        Files.writeString(instances, text.replace("{\"id\": 25, \"file", "{\"id\": 26, \"file"));
        assertThatThrownBy(() -> open("train"))
                .hasMessage(instances + " has no image 25, which the reference 11 in " + references + " needs");
        Files.writeString(instances, text.substring(0, text.length() / 2));
        assertThatThrownBy(() -> open("train"))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith(instances + " is not as it should be: ");
        Files.writeString(references, "[{\"ref_id\": 10, \"ann_id\": 1}]");
        assertThatThrownBy(() -> open("train"))
                .hasMessageStartingWith(references + " is not as it should be: a reference has no ref_id, ann_id");
        Files.writeString(references, "{}");
        assertThatThrownBy(() -> open("train")).hasMessageStartingWith(references + " is not as it should be: ");
    }

    // Outlines.

    private static List<String> drawn(int width, int height, double... polygon) {
        Raster mask = new CocoMask.Polygons(List.of(polygon)).draw(width, height, ANY);
        List<String> rows = new ArrayList<>();
        for (int y = 0; y < height; y++) {
            StringBuilder row = new StringBuilder();
            for (int x = 0; x < width; x++) {
                row.append(mask.at(x, y) == 1 ? '#' : '.');
            }
            rows.add(row.toString());
        }
        return rows;
    }

    /** A pixel belongs to an outline that its centre is inside of. */
    @Test
    void rectanglesCoverTheirPixels() {
        assertThat(drawn(5, 4, 1, 1, 4, 1, 4, 3, 1, 3)).containsExactly(".....", ".###.", ".###.", ".....");
        assertThat(drawn(5, 4, 1, 3, 4, 3, 4, 1, 1, 1)).containsExactly(".....", ".###.", ".###.", ".....");
        assertThat(drawn(3, 2, 0, 0, 3, 0, 3, 2, 0, 2)).containsExactly("###", "###");
    }

    @Test
    void outlinesAreClippedToThePicture() {
        assertThat(drawn(3, 3, 1, 1, 9, 1, 9, 9, 1, 9)).containsExactly("...", ".##", ".##");
        assertThat(drawn(3, 3, 5, 5, 9, 5, 9, 9)).containsExactly("...", "...", "...");
        assertThat(drawn(3, 3, 1, 1)).containsExactly("...", "...", "...");
        assertThat(drawn(3, 3)).containsExactly("...", "...", "...");
    }

    /** Inside of a convex outline, all centres more than a fifth of a pixel from its border agree with geometry. */
    @Test
    void centresDecide() {
        double[] triangle = {2.3, 1.7, 27.9, 9.2, 8.1, 21.4};
        List<String> rows = drawn(32, 24, triangle);
        int inside = 0;
        for (int y = 0; y < 24; y++) {
            for (int x = 0; x < 32; x++) {
                double nearest = Double.POSITIVE_INFINITY;
                for (int i = 0; i < 3; i++) {
                    int next = (i + 1) % 3;
                    double dx = triangle[2 * next] - triangle[2 * i];
                    double dy = triangle[2 * next + 1] - triangle[2 * i + 1];
                    double side = dx * (y + 0.5 - triangle[2 * i + 1]) - dy * (x + 0.5 - triangle[2 * i]);
                    nearest = Math.min(nearest, side / Math.hypot(dx, dy));
                }
                if (Math.abs(nearest) > 0.3) {
                    assertThat(rows.get(y).charAt(x)).as("%s, %s", x, y).isEqualTo(nearest > 0 ? '#' : '.');
                    inside += nearest > 0 ? 1 : 0;
                }
            }
        }
        assertThat(inside).isGreaterThan(150);
    }

    /** Counts of 6, 1, 40, 4, 5, 4, 5, 4 and 21, whose string pycocotools' documentation of the format gives the rule for. */
    @Test
    void stringsOfRunLengthsAreDecoded() {
        int[] counts = {6, 1, 40, 4, 5, 4, 5, 4, 21};
        assertThat(CocoMask.RunLengths.decode("61X13mN000`0")).containsExactly(6, 1, 40, 4, 5, 4, 5, 4, 21);
        assertThat(Layouts.compressed(counts)).isEqualTo("61X13mN000`0");
        assertThatThrownBy(() -> CocoMask.RunLengths.decode("61X"))
                .hasMessage("a segmentation ends in the middle of a number");
    }

    @Test
    void runLengthsMustFit() {
        CocoMask mask = new CocoMask.RunLengths(2, 2, new double[] {1, 4});
        assertThatThrownBy(() -> mask.draw(2, 2, ANY))
                .isInstanceOf(UserException.class)
                .hasMessage("The runs of the mask in any.jpg do not add up to its 2 x 2 pixels");
        assertThatThrownBy(() -> mask.draw(3, 2, ANY))
                .isInstanceOf(UserException.class)
                .hasMessage("any.jpg is 3 x 2, but its mask is 2 x 2");
    }

    /** It was 15.0. */
    @Test
    void aCornerFarOutsideOfThePictureIsNamed() throws IOException {
        Layouts.refCoco(root);
        Path instances = root.resolve("refcoco/instances.json");
        String text = Files.readString(instances);
        assertThat(text).contains("[[16.0, 0.0, 32.0");
        Files.writeString(instances, text.replace("[[16.0, 0.0, 32.0", "[[1500000000, 0.0, 32.0"));

        assertThatThrownBy(() -> open("train"))
                .isInstanceOf(UserException.class)
                .hasMessage(
                        instances
                                + " is not as it should be: the outline of annotation 1 has a corner at 1.5E9, which is in no picture");
    }

    /** All to the right of 8 and below 6, as far as the picture goes. */
    @Test
    void anOutlineThatGoesOnBeyondThePictureIsCutAtItsEdge() {
        double far = 400_000_000;
        Raster mask = new CocoMask.Polygons(List.of(new double[] {8, 6, far, 6, far, far, 8, far})).draw(32, 24, ANY);
        for (int y = 0; y < 24; y++) {
            for (int x = 0; x < 32; x++) {
                assertThat(mask.at(x, y)).isEqualTo(x >= 8 && y >= 6 ? 1 : 0);
            }
        }
    }

    @Test
    void aHundredThousandOutlinesOfOneObjectAreDrawn() {
        double[] half = {0, 0, 500, 0, 500, 1000, 0, 1000};
        Raster mask = new CocoMask.Polygons(Collections.nCopies(100_000, half)).draw(1000, 1000, ANY);
        assertThat(mask.at(499, 0)).isEqualTo(1);
        assertThat(mask.at(500, 999)).isZero();
    }

    /** Each reference in the pickle is the same list of a thousand sentences. */
    @Test
    void expressionsThatAPickleRepeatsWithoutEndAreRefused() throws IOException {
        Layouts.refCoco(root);
        Path file = pickle("python2-protocol0");
        StringBuilder references = new StringBuilder(
                "(l(dS'ref_id'\nI1\nsS'ann_id'\nI1\nsS'image_id'\nI1\nsS'split'\nS'train'\nsS'sentences'\n(l");
        references.append("(dS'sent'\nS'a'\nsp1\na").append("g1\na".repeat(999)).append("sp2\na");
        Files.writeString(file, references.append("g2\na".repeat(1000)).append("."));

        assertThatThrownBy(() -> open("train"))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("its references share their expressions");
    }
}
