package io.iedp.io.text;

import io.iedp.io.Frugal;
import io.iedp.io.Fuzz;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableFuzzTest {
    @TempDir
    Path folder;

    @Test
    void tables() {
        byte[] table = "name,scene,caption\r\na.jpg,kitchen,\"a table, \"\"red\"\"\nand a wall\"\r\n\r\nb,,\n"
                .getBytes(StandardCharsets.UTF_8);
        Fuzz.run("tables", 5000, List.of(table), Frugal.file(folder.resolve("a.csv"), Csv::read));
    }
}
