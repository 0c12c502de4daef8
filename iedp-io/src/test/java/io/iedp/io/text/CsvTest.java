package io.iedp.io.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.iedp.api.UserException;
import java.util.List;
import org.junit.jupiter.api.Test;

class CsvTest {
    /** RFC 4180, section 2. */
    @Test
    void fieldsAreQuotedWhereTheyMustBe() {
        assertThat(Csv.line(List.of("plain", "a,b", "say \"x\"", "two\nlines", "", " ")))
                .isEqualTo("plain,\"a,b\",\"say \"\"x\"\"\",\"two\nlines\",, \n");
    }

    @Test
    void whatIsWrittenIsRead() {
        List<List<String>> rows = List.of(
                List.of("name", "caption", "#"),
                List.of("\u00fcber", " with space ", "\u5929"),
                List.of("", "a\r\nb", "\""),
                List.of("#1", "x,\"y\"", ""));
        assertThat(Csv.parse(Csv.text(rows), "")).isEqualTo(rows);
    }

    @Test
    void otherProgramsEndLinesWithTwoCharactersAndLeaveSomeBlank() {
        assertThat(Csv.parse("a,b\r\n\r\n1,\"2\"\r\n", "")).containsExactly(List.of("a", "b"), List.of("1", "2"));
    }

    @Test
    void openQuotesAreRefused() {
        assertThatThrownBy(() -> Csv.parse("a,b\n1,\"2\n", "x.csv"))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith("x.csv is no table: ");
    }
}
