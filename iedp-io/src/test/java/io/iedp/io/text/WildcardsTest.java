package io.iedp.io.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WildcardsTest {
    @ParameterizedTest
    @CsvSource({
        "a, a, true",
        "a, b, false",
        "a, ab, false",
        "*, a.b/c, true",
        "a*, a, true",
        "*a, ba, true",
        "*a, ab, false",
        "a*c, abcbc, true",
        "a*b*c, aXbYbZc, true",
        "a*b*c, acb, false",
        "a.c, abc, false",
        "'*', '', true",
        "'', '', true",
        "'', a, false"
    })
    void aStarIsAnything(String pattern, String text, boolean matches) {
        assertThat(Wildcards.matches(pattern, text)).isEqualTo(matches);
    }

    @Test
    void manyStarsTakeNoLonger() {
        assertThat(Wildcards.matches("a*".repeat(1000) + "b", "a".repeat(10_000)))
                .isFalse();
    }
}
