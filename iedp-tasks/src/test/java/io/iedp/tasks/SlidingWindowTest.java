package io.iedp.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import io.iedp.api.task.inference.SlidingWindow;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SlidingWindowTest {
    @Test
    void everyPixelIsInAWindowAndEveryWindowInThePicture() {
        SplittableRandom random = new SplittableRandom(1);
        for (int round = 0; round < 2000; round++) {
            int size = 1 + random.nextInt(40);
            int stride = 1 + random.nextInt(size);
            int length = 1 + random.nextInt(200);
            int[] starts = new SlidingWindow(size, stride).starts(length);
            boolean[] covered = new boolean[length];
            for (int start : starts) {
                assertThat(start).isNotNegative();
                // Only a picture that is smaller than a window has a smaller one.
                assertThat(start + size <= length || start == 0 && length < size)
                        .isTrue();
                for (int i = start; i < Math.min(start + size, length); i++) {
                    covered[i] = true;
                }
            }
            assertThat(covered).doesNotContain(false);
            // max(length - size + stride - 1, 0) / stride + 1
            int expected = length <= size ? 1 : (int) Math.ceil((length - size) / (double) stride) + 1;
            assertThat(starts).hasSize(expected);
        }
    }
}
