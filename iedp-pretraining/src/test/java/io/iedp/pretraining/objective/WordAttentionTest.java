package io.iedp.pretraining.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.iedp.api.data.Raster;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WordAttentionTest {
    private static Raster labels(int width, int height, float... values) {
        return Raster.labels(width, height, values);
    }

    @Test
    void attentionToTheRightCellsIsWorthOne() {
        Raster labels = labels(4, 2, 1, 1, 0, 0, 1, 1, 0, 255);
        assertThat(WordAttention.area(new float[] {0.9f, 0.1f}, 2, labels, 1)).hasValue(1);
        assertThat(WordAttention.area(new float[] {0.1f, 0.9f}, 2, labels, 1)).hasValue(0);
        assertThat(WordAttention.area(new float[] {0.5f, 0.5f}, 2, labels, 1)).hasValue(0.5);
    }

    @Test
    void aClassThatIsNowhereOrEverywhereHasNone() {
        assertThat(WordAttention.area(new float[] {1, 0}, 2, labels(2, 1, 0, 0), 1))
                .isEmpty();
        assertThat(WordAttention.area(new float[] {1, 0}, 2, labels(2, 1, 1, 1), 1))
                .isEmpty();
    }

    /** Against all pairs of pixels, which is what the area under the curve means (Hanley and McNeil, 1982). */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void itIsTheShareOfPairsInTheRightOrder(long seed) {
        Random random = new Random(seed);
        int columns = 3;
        float[] map = new float[6];
        for (int i = 0; i < map.length; i++) {
            map[i] = random.nextInt(4);
        }
        float[] values = new float[9 * 4];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextInt(3);
        }
        double won = 0;
        long pairs = 0;
        for (int i = 0; i < values.length; i++) {
            for (int j = 0; j < values.length; j++) {
                if (values[i] == 2 && values[j] != 2) {
                    float in = map[i / 9 / 2 * columns + i % 9 / 3];
                    float out = map[j / 9 / 2 * columns + j % 9 / 3];
                    won += in > out ? 1 : in == out ? 0.5 : 0;
                    pairs++;
                }
            }
        }

        assertThat(WordAttention.area(map, columns, labels(9, 4, values), 2).orElseThrow())
                .isCloseTo(won / pairs, within(1e-12));
    }
}
