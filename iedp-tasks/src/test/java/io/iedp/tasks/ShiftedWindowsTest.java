package io.iedp.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.iedp.api.UserException;
import io.iedp.api.task.inference.ShiftedWindows;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ShiftedWindowsTest {
    /** VPD, NYU Depth v2: two windows of 480 x 480. */
    @Test
    void windowsGoFromOneEndToTheOther() {
        assertThat(new ShiftedWindows(2, 0).starts(640, 480)).containsExactly(0, 160);
        assertThat(new ShiftedWindows(2, 0).starts(480, 480)).containsExactly(0);
        assertThat(new ShiftedWindows(4, 0).starts(1216, 352)).containsExactly(0, 288, 576, 864);
    }

    @Test
    void everyPixelIsInAWindowAndEveryWindowInThePicture() {
        SplittableRandom random = new SplittableRandom(1);
        for (int round = 0; round < 2000; round++) {
            int length = 2 + random.nextInt(300);
            int edge = 1 + random.nextInt(length - 1);
            int count = (length + edge - 1) / edge + random.nextInt(20);
            int[] starts = new ShiftedWindows(count, edge).starts(length, edge);
            assertThat(starts).hasSize(count);
            boolean[] covered = new boolean[length];
            for (int start : starts) {
                for (int i = start; i < start + edge; i++) {
                    covered[i] = true;
                }
            }
            assertThat(covered).doesNotContain(false);
        }
    }

    @Test
    void gapsAreRefused() {
        assertThatThrownBy(() -> new ShiftedWindows(3, 0).starts(1216, 352))
                .isInstanceOf(UserException.class)
                .hasMessage("windows is 3, but so many windows of 352 pixels leave gaps in a picture that is 1216 "
                        + "pixels long. At least 4 are needed.");
    }
}
