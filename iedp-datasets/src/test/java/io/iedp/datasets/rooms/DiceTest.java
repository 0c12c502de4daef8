package io.iedp.datasets.rooms;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DiceTest {
    /** The numbers that the authors' C code gives for the seed 1234567. */
    @Test
    void isSplitMix64() {
        Dice dice = new Dice(1234567);
        assertThat(IntStream.range(0, 5).mapToObj(i -> Long.toUnsignedString(dice.next())))
                .containsExactly(
                        "6457827717110365317",
                        "3203168211198807973",
                        "9817491932198370423",
                        "4593380528125082431",
                        "16408922859458223821");
    }

    @Test
    void staysInItsRange() {
        Dice dice = Dice.of(3, 4);
        int[] faces = new int[6];
        for (int i = 0; i < 6000; i++) {
            faces[dice.below(6)]++;
            assertThat(dice.between(-2, 3)).isBetween(-2.0, 3.0);
        }
        // Each face 1000 times on average, with a standard deviation of 29.
        assertThat(Arrays.stream(faces)).allMatch(count -> count > 850 && count < 1150);
    }
}
