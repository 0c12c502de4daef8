package io.iedp.pretraining;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class GaussianNoiseTest {
    /** The first numbers of SplitMix64 with this seed, as they are published for tests of its implementations. */
    @Test
    void theBitsAreThoseOfSplitMix64() {
        GaussianNoise noise = new GaussianNoise(1234567, 1);
        for (String number : new String[] {
            "6457827717110365317",
            "3203168211198807973",
            "9817491932198370423",
            "4593380528125082431",
            "16408922859458223821"
        }) {
            assertThat(noise.bits()).isEqualTo(Long.parseUnsignedLong(number));
        }
    }

    /** Powers of the numbers have the variances 1, 2 and 96, and their means over 100,000 deviate by the root of a 100,000th of these; there is room for five times that. */
    @Test
    void theNumbersAreStandardNormal() {
        double[] numbers = new GaussianNoise(7, 100_000).get();
        assertThat(moment(1, numbers)).isCloseTo(0, within(0.016));
        assertThat(moment(2, numbers)).isCloseTo(1, within(0.023));
        assertThat(moment(4, numbers)).isCloseTo(3, within(0.16));
    }

    @Test
    void theSeedDecides() {
        assertThat(new GaussianNoise(5, 7).get()).isEqualTo(new GaussianNoise(5, 7).get());
        double[] one = new GaussianNoise(5, 10_000).get();
        double[] next = new GaussianNoise(6, 10_000).get();
        double product = 0;
        for (int i = 0; i < one.length; i++) {
            product += one[i] * next[i] / one.length;
        }
        // The correlation of independent ones deviates by 0.01.
        assertThat(product).isCloseTo(0, within(0.05));
    }

    private static double moment(int power, double... numbers) {
        return Arrays.stream(numbers).map(x -> Math.pow(x, power)).average().orElseThrow();
    }
}
