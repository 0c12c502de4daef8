package io.iedp.engine.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.iedp.api.UserException;
import io.iedp.api.data.Raster;
import io.iedp.api.data.RgbImage;
import io.iedp.api.data.Sample;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PromptBookTest {
    private static Sample sample(String name, float... labels) {
        RgbImage image = new RgbImage(labels.length, 1, new byte[3 * labels.length]);
        Map<String, Raster> targets =
                labels[0] < 0 ? Map.of() : Map.of(Sample.LABELS, Raster.labels(labels.length, 1, labels));
        return new Sample(name, image, targets, Map.of());
    }

    private static PromptBook book() {
        PromptBook book = new PromptBook();
        book.add(sample("a", 0, 1, 255), "zero one");
        book.add(sample("b", 0, 1, 2), "zero one two");
        book.add(sample("c", 2, 2, 2), "two");
        book.add(sample("d", 3, 1, 255), "three one");
        return book;
    }

    @Test
    void trueWordsAreTheirOwnAndEmptyOnesNone() {
        assertThat(book().words(Prompts.TRUE))
                .containsExactly(
                        Map.entry("a", "zero one"),
                        Map.entry("b", "zero one two"),
                        Map.entry("c", "two"),
                        Map.entry("d", "three one"));
        assertThat(book().words(Prompts.EMPTY).values()).containsOnly("");
    }

    @Test
    void shuffledWordsAreThoseOfOthers() {
        assertThat(book().words(Prompts.SHUFFLED))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("a", "two", "b", "three one", "c", "zero one", "d", "zero one two"));
    }

    /** Shared classes over all classes of both; unlabelled pixels are no class. For b: a 2/3, c 1/3, d 1/4. */
    @Test
    void wrongWordsAreThoseOfTheLeastAlike() {
        assertThat(book().words(Prompts.WRONG))
                .containsExactlyInAnyOrderEntriesOf(Map.of("a", "two", "b", "three one", "c", "three one", "d", "two"));
    }

    @ParameterizedTest
    @EnumSource(names = {"SHUFFLED", "WRONG"})
    void onePictureHasNoOther(Prompts prompts) {
        PromptBook book = new PromptBook();
        book.add(sample("a", 0), "zero");
        assertThatThrownBy(() -> book.words(prompts))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("only one picture");
    }

    @Test
    void wrongWordsNeedLabels() {
        PromptBook book = new PromptBook();
        book.add(sample("a", -1), "a room");
        book.add(sample("b", -1), "a hall");
        assertThat(book.words(Prompts.SHUFFLED)).containsEntry("a", "a hall");
        assertThatThrownBy(() -> book.words(Prompts.WRONG))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("no labels");
    }
}
