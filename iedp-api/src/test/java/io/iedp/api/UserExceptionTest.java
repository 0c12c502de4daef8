package io.iedp.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UserExceptionTest {
    /** 200,000 letters and 30 around them, of which the first and last 500 are shown. */
    @Test
    void aLongValueLosesItsMiddle() {
        String message = new UserException("name is '" + "x".repeat(200_000) + "', but must be short").getMessage();
        assertThat(message)
                .isEqualTo("name is '%s ... (%s letters left out) ... %s', but must be short"
                        .formatted("x".repeat(491), 200_000 + 9 + 20 - 1000, "x".repeat(480)));
    }

    @Test
    void manyLinesLoseTheirMiddle() {
        assertThat(new UserException("a\n".repeat(500_000) + "z").getMessage())
                .hasSizeLessThan(210_000)
                .startsWith("a")
                .endsWith("z");
    }

    @Test
    void otherMessagesStayAsTheyAre() {
        String message = "a file is missing\n  ".repeat(40);
        assertThat(new UserException(message).getMessage()).isEqualTo(message);
        assertThat(new UserException((String) null).getMessage()).isNull();
    }
}
