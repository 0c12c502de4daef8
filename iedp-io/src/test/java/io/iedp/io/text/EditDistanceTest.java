package io.iedp.io.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EditDistanceTest {
    /** Textbook pairs: Levenshtein's, and the optimal string alignment of Damerau's swaps. */
    @ParameterizedTest
    @CsvSource({"kitten, sitting, 3", "saturday, sunday, 3", "ca, abc, 3", "ab, ba, 1", "'', abc, 3", "same, same, 0"})
    void between(String one, String other, int edits) {
        assertThat(EditDistance.between(one, other)).isEqualTo(edits);
        assertThat(EditDistance.between(other, one)).isEqualTo(edits);
    }

    /** The time grows with the square of their lengths. */
    @Test
    void namesOfAnyLengthAreCompared() {
        String name = "x".repeat(100_000);
        assertThat(EditDistance.between(name, name + "y")).isEqualTo(100_001);
        assertThat(EditDistance.between(name, name)).isZero();
    }
}
