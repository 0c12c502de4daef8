package io.iedp.conditioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.iedp.api.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CaptionFileTest {
    @TempDir
    private Path folder;

    private CaptionFile read(String name, String content) throws IOException {
        return CaptionFile.read(Files.writeString(folder.resolve(name), content));
    }

    @Test
    void jsonHasTextsListsOrObjects() throws IOException {
        CaptionFile file = read("captions.json", """
                {"a.jpg": "a wall", "b.PNG": ["a floor", "another"], "c.v2": {"captions": ["a table"]},
                 "d": {"id": 3, "caption": "a \\"lamp\\""}}""");

        assertThat(file.of("a")).contains("a wall");
        assertThat(file.of("b")).contains("a floor");
        assertThat(file.of("c.v2")).contains("a table");
        assertThat(file.of("d")).contains("a \"lamp\"");
        assertThat(file.of("e")).isEmpty();
    }

    @Test
    void csvMayHaveQuotesLineBreaksAndOtherColumns() throws IOException {
        CaptionFile file = read(
                "captions.csv",
                "\uFEFFname,scene,caption\r\na.jpg,kitchen,\"a table, \"\"red\"\"\nand a wall\"\r\n\r\nb,,\r\n");

        assertThat(file.of("a")).contains("a table, \"red\"\nand a wall");
        assertThat(file.of("b")).contains("");
    }

    /** A sample is called by its path inside of the split's folder, the file may start above it. */
    @Test
    void namesMayBePaths() throws IOException {
        CaptionFile file = read("captions.json", """
                {"training/city/a.jpg": "1", "training/town/a.jpg": "2", "training/town/b.jpg": "3"}""");

        assertThat(file.of("training_city_a")).contains("1");
        assertThat(file.of("city_a")).contains("1");
        assertThat(file.of("town_a")).contains("2");
        assertThat(file.of("b")).contains("3");
        assertThat(file.of("a")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "x.json, '[1]', must hold a JSON object",
        "x.json, '{\"a\": 3}', 'a' must have a text",
        "x.json, '{\"a\": []}', 'a' must have a text",
        "x.json, '{\"a\": {\"text\": \"t\"}}', as caption or captions",
        "x.json, '{\"a.jpg\": \"1\", \"a.png\": \"2\"}', two captions for 'a.png'",
        "x.csv, 'image,caption', must begin with a line that names its columns",
        "x.csv, '', must begin with a line that names its columns",
        "x.csv, 'name,caption\na,b,c', line 2 has 3 fields",
        "x.csv, 'name,caption\na,\"b', cannot be read",
        "x.csv, 'name,name,caption\na,b,c', cannot be read",
        "x.txt, 'a', must be a .json or a .csv file"
    })
    void otherFilesAreRefused(String name, String content, String problem) {
        assertThatThrownBy(() -> read(name, content))
                .isInstanceOf(UserException.class)
                .hasMessageContaining(problem)
                .hasMessageContaining(folder.resolve(name).toString());
    }

    @Test
    void aMissingFileIsTold() {
        assertThatThrownBy(() -> CaptionFile.read(folder.resolve("none.csv")))
                .isInstanceOf(UserException.class)
                .hasMessage("There is no file %s", folder.resolve("none.csv"));
    }

    /** To keep each end of it would take a gigabyte. */
    @Test
    void aNameOfManyFoldersIsFoundByAllOfItsEnds() throws IOException {
        CaptionFile file = read("captions.json", "{\"" + "a/".repeat(50_000) + "b.jpg\": \"x\"}");
        assertThat(file.of("b")).contains("x");
        assertThat(file.of("a_".repeat(777) + "b")).contains("x");
        assertThat(file.of("a_".repeat(50_000) + "b")).contains("x");
        assertThat(file.of("a_".repeat(50_001) + "b")).isEmpty();
    }
}
