package io.iedp.engine.training;

import io.iedp.engine.run.DataDescription;
import io.iedp.io.Frugal;
import io.iedp.io.Fuzz;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run's folder holds may have been changed by anyone. */
class RunFolderFuzzTest {
    private static final int INPUTS = 1500;

    @TempDir
    private Path run;

    private static List<byte[]> json(String text) {
        return List.of(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void descriptionsOfData() {
        Fuzz.run(
                "descriptions-of-data",
                INPUTS,
                json("{\"classes\": [{\"name\": \"wall\", \"color\": \"#787878\"}], \"maxDepth\": 10.0}"),
                Frugal.file(run.resolve("data.json"), DataDescription::read));
    }

    @Test
    void states() {
        Fuzz.run(
                "states",
                INPUTS,
                json(
                        "{\"format\": 1, \"versions\": {\"iedp\": \"1\"}, \"counters\": {\"step\": 4, \"skipped\": 0, "
                                + "\"evaluatedStep\": 4, \"best\": 0.5, \"bestStep\": 4}, \"hooks\": {\"early\": {\"best\": \"0.5\"}}}"),
                Frugal.file(run.resolve("state.json"), file -> Checkpoints.read(file, 4)));
    }
}
