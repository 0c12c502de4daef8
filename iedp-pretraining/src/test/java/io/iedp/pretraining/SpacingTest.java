package io.iedp.pretraining;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SpacingTest {
    private static final int TRAINED = 1000;

    private static int[] of(Spacing spacing, int count, int offset) {
        return ints(spacing.timesteps(count, TRAINED, offset));
    }

    private static int[] ints(double... timesteps) {
        return Arrays.stream(Levels.whole(timesteps))
                .mapToInt(each -> (int) each)
                .toArray();
    }

    @Test
    void leadingCountsFromTheOffsetOn() {
        assertThat(of(Spacing.LEADING, 4, 1)).containsExactly(751, 501, 251, 1);
        assertThat(of(Spacing.LEADING, 3, 0)).containsExactly(666, 333, 0);
    }

    /** As numpy.linspace(0, 999, 7).round() has them; halves go to the even neighbour. */
    @Test
    void linspaceHasBothEnds() {
        assertThat(of(Spacing.LINSPACE, 7, 1)).containsExactly(999, 832, 666, 500, 333, 166, 0);
        assertThat(Spacing.LINSPACE.timesteps(7, TRAINED, 0)).contains(832.5, 499.5);
        assertThat(of(Spacing.LINSPACE, 1, 0)).containsExactly(0);
    }

    /** As numpy.arange(1000, 0, -1000 / count).round() - 1 has them. */
    @Test
    void trailingCountsFromTheLastDown() {
        assertThat(of(Spacing.TRAILING, 4, 1)).containsExactly(999, 749, 499, 249);
        assertThat(of(Spacing.TRAILING, 16, 1))
                .containsExactly(999, 937, 874, 811, 749, 687, 624, 561, 499, 437, 374, 311, 249, 187, 124, 61);
    }

    /** 1000 - 3 * 1000 / 48 is 937.5, which numpy's sum of rounded differences falls short of: 936 and not 937. */
    @Test
    void halvesAreRoundedAsNumpyDoes() {
        assertThat(of(Spacing.TRAILING, 48, 0))
                .startsWith(999, 978, 957, 936, 916)
                .contains(686, 436, 186);
    }

    @Test
    void stepsThatEndBeforeTheLowestLeaveItOut() {
        assertThat(ints(Spacing.LEADING.timestepsWithoutEnd(4, TRAINED, 1))).containsExactly(801, 601, 401, 201);
        assertThat(ints(Spacing.LINSPACE.timestepsWithoutEnd(3, TRAINED, 0))).containsExactly(999, 666, 333);
        assertThat(ints(Spacing.TRAILING.timestepsWithoutEnd(4, TRAINED, 0))).containsExactly(999, 749, 499, 249);
    }

    @Test
    void consistencyModelsTakeSomeOfTheirOwn() {
        // Every 20th, of which each 12th or 13th is taken: 50, 37.5, 25 and 12.5 from the end, cut.
        assertThat(ints(Lcm.timesteps(4, 50, TRAINED))).containsExactly(999, 759, 499, 259);
        assertThat(ints(Lcm.timesteps(1, 50, TRAINED))).containsExactly(999);
    }
}
