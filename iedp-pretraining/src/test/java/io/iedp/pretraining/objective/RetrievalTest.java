package io.iedp.pretraining.objective;

import static org.assertj.core.api.Assertions.assertThat;

import io.iedp.api.data.Raster;
import io.iedp.api.data.RgbImage;
import io.iedp.api.data.Sample;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RetrievalTest {
    private static final float[] EAST = {1, 0};
    private static final float[] NORTH = {0, 1};
    private static final float[] WEST = {-1, 0};

    private static Retrieval retrieval(float[]... classes) {
        return new Retrieval(List.of("east", "north", "west").subList(0, classes.length), List.of(classes));
    }

    private static Sample sample(float... labels) {
        return new Sample(
                "sample",
                new RgbImage(labels.length, 1, new byte[3 * labels.length]),
                Map.of(Sample.LABELS, Raster.labels(labels.length, 1, labels)),
                Map.of());
    }

    @Test
    void aPictureHasFoundItsClassesIfTheyAreTheMostAlike() {
        Retrieval retrieval = retrieval(EAST, NORTH, WEST);
        // Both of the first's two; one of the second's two, since west is less alike than north and east; 255 is no
        // class.
        retrieval.add(
                List.of(sample(0, 1, 255), sample(2, 1, 1)),
                List.of(new float[] {0.6f, 0.8f}, new float[] {0.6f, 0.8f}),
                List.of(EAST, EAST));

        assertThat(retrieval.report().values()).containsEntry("classes found", 0.75);
    }

    @Test
    void aClassHasFoundItsPicturesIfTheyAreTheMostAlike() {
        Retrieval retrieval = retrieval(EAST, NORTH);
        retrieval.add(
                List.of(sample(0), sample(0, 1), sample(1), sample(1)),
                List.of(EAST, NORTH, NORTH, WEST),
                List.of(EAST, EAST, EAST, EAST));

        // East shows two pictures, the most alike of which are the first, and, of the second and the third, the second.
        // North shows three; the third place goes to the first picture, which is before the fourth.
        assertThat(retrieval.report().values()).containsEntry("pictures found by class", (1 + 2 / 3.0) / 2);
        assertThat(retrieval.report().tables().get(0).rows())
                .containsExactly(List.of("east", "50.00", "100.00"), List.of("north", "75.00", "66.67"));
    }

    @Test
    void aPictureHasFoundItsCaptionIfNoOtherIsAsAlike() {
        Retrieval retrieval = retrieval();
        retrieval.add(
                List.of(sample(0), sample(0), sample(0), sample(0)),
                List.of(EAST, NORTH, WEST, EAST),
                List.of(EAST, NORTH, NORTH, EAST));

        // The first and the last have each other's caption too, the third another's.
        assertThat(retrieval.report().values()).containsEntry("captions found", 0.0);

        Retrieval others = retrieval();
        others.add(List.of(sample(0), sample(0), sample(0)), List.of(EAST, NORTH, WEST), List.of(EAST, NORTH, EAST));
        assertThat(others.report().values()).containsEntry("captions found", 1.0 / 3);
    }
}
