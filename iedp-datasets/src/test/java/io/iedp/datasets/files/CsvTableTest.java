package io.iedp.datasets.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.iedp.api.UserException;
import io.iedp.api.data.Dataset;
import io.iedp.api.data.Sample;
import io.iedp.datasets.Layouts;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTableTest {
    @TempDir
    Path root;

    private Dataset open(String... lines) {
        Path file = root.resolve("table.csv");
        Layouts.text(file, lines);
        return CsvTable.open(
                new CsvTable.Config(file, 0.001, 10, List.of("a", "b", "c"), true, List.of(), Optional.empty()));
    }

    @Test
    void aRowIsASample() {
        Layouts.labelled(root.resolve("in/a.jpg"), root.resolve("out/a.png"), 1, 0, 1, 2, 3);
        Layouts.deep(root.resolve("in/b.png"), root.resolve("deep/b.png"), 8, 6, 2, 0.001);
        Dataset dataset = open(
                "image,labels,depth,caption,scene",
                "in/a.jpg,out/a.png,,\"a room, or a \"\"cell\"\"\",office",
                "./in/b.png,,deep/b.png,,",
                "");

        assertThat(dataset.size()).isEqualTo(2);
        assertThat(dataset.problems()).isEmpty();
        assertThat(dataset.get(0).name()).isEqualTo("in_a");
        assertThat(dataset.get(0).texts())
                .isEqualTo(Map.of(Sample.CAPTION, "a room, or a \"cell\"", Sample.SCENE, "office"));
        assertThat(dataset.get(0).target(Sample.LABELS).values())
                .isEqualTo(Layouts.quarters(Layouts.WIDTH, Layouts.HEIGHT, q -> q == 0 ? 255 : q - 1));
        assertThat(dataset.get(1).targets()).containsOnlyKeys(Sample.DEPTH);
        assertThat(dataset.get(1).texts()).isEmpty();
        assertThat(dataset.info().classNames()).containsExactly("a", "b", "c");
        assertThat(dataset.info().maxDepth()).isEqualTo(10);
    }

    @Test
    void picturesAloneAreEnough() {
        Layouts.picture(root.resolve("a.jpg"), 4, 4, 0);
        Dataset dataset = open("image", "a.jpg");
        assertThat(dataset.info().classes()).isEmpty();
        assertThat(dataset.info().maxDepth()).isZero();
        assertThat(dataset.get(0).targets()).isEmpty();
    }

    private void assertFails(String message, String... lines) {
        assertThatThrownBy(() -> open(lines))
                .isInstanceOf(UserException.class)
                .hasMessage(root.resolve("table.csv") + message);
    }

    @Test
    void mistakesAreNamed() {
        String columns =
                ": the first line must name the columns: image, and any of labels, depth, caption, scene; but it has ";
        assertFails(columns + "picture, labels", "picture,labels");
        assertFails(columns + "image, lables", "image,lables");
        assertFails(columns + "image, image", "image,image");
        assertFails(": row 2 has 1 fields, but there are 2 columns", "image,labels", "a.png,b.png", "c.png");
        assertFails(": row 1 has no image", "image,labels", ",b.png");
        assertFails(" has no row", "image");
        assertThat(open("image,labels", "a.png,b.png").problems())
                .containsExactly(
                        "There is no picture " + root.resolve("a.png"),
                        "There is no label map " + root.resolve("b.png"));
        assertThatThrownBy(() -> open("image", "x/a.png", "x_a.png"))
                .hasMessageContaining("there are two pictures that would be called 'x_a'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "a\0.jpg", "//"})
    void aRowThatNamesNoFileIsRefusedWithItsNumber(String name) {
        assertThatThrownBy(() -> open("image", "b.jpg", name))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith(root.resolve("table.csv") + ": row 2 names the file '" + name);
        assertThatThrownBy(() -> open("image,depth", "b.jpg," + name))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith(root.resolve("table.csv") + ": row 1 names the file '" + name);
    }
}
