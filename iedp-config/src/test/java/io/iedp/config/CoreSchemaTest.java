package io.iedp.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The table of YAML 1.2.2, section 10.3.2, and what YAML 1.1 read in another way. */
class CoreSchemaTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "~", "null", "Null", "NULL"})
    void nothing(String text) {
        assertThat(CoreSchema.resolve(text)).isEqualTo(CoreSchema.Null.NULL);
    }

    @ParameterizedTest
    @CsvSource({"true, true", "True, true", "TRUE, true", "false, false", "False, false", "FALSE, false"})
    void truth(String text, boolean value) {
        assertThat(CoreSchema.resolve(text)).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "0o7, 7", "0x3A, 58", "-19, -19", "+12, 12", "9223372036854775807, 9223372036854775807"})
    void wholeNumbers(String text, long value) {
        assertThat(CoreSchema.resolve(text)).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource({
        "0., 0",
        "-0.0, -0.0",
        ".5, 0.5",
        "+12e03, 12000",
        "-2E+05, -200000",
        "1e-4, 0.0001",
        "1E5, 100000",
        "6.02e23, 6.02e23",
        "9223372036854775808, 9.223372036854775808e18",
        ".inf, Infinity",
        "-.Inf, -Infinity",
        "+.INF, Infinity",
        ".nan, NaN",
        ".NaN, NaN"
    })
    void numbers(String text, double value) {
        assertThat(CoreSchema.resolve(text)).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no",
                "yes",
                "on",
                "off",
                "y",
                "n",
                "012",
                "0b1",
                "1_000",
                "12:30:45",
                "2001-12-14",
                "0o8",
                "0xG",
                "1e",
                "e5",
                ".",
                "-",
                "+",
                "inf",
                "nan",
                "NaN",
                "nULL",
                "tRue",
                "1.2.3",
                "0x",
                "=",
                "<<"
            })
    void text(String text) {
        assertThat(CoreSchema.resolve(text)).isEqualTo(text);
    }
}
