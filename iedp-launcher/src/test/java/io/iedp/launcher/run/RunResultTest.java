package io.iedp.launcher.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.stream.JsonReader;
import io.iedp.api.task.Goal;
import io.iedp.engine.run.RunFolder;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunResultTest {
    private static final RunResult RESULT = new RunResult(
            new Goal("mIoU", true), Map.of("mIoU", Double.NaN, "aAcc", 0.5, "rel", Double.POSITIVE_INFINITY));

    @TempDir
    private Path folder;

    @Test
    void aMetricThatIsNoNumberIsNullInTheFile() {
        JsonReader strict = new JsonReader(new StringReader(RESULT.json()));
        JsonElement metrics = new Gson()
                .getAdapter(JsonElement.class)
                .fromJsonTree(new Gson().fromJson(strict, JsonElement.class))
                .getAsJsonObject()
                .get("metrics");

        assertThat(RESULT.json()).doesNotContain("NaN", "Infinity");
        assertThat(metrics.getAsJsonObject().get("mIoU").isJsonNull()).isTrue();
        assertThat(metrics.getAsJsonObject().get("aAcc").getAsDouble()).isEqualTo(0.5);
    }

    @Test
    void nullIsNoNumberAgain() throws IOException {
        Files.writeString(folder.resolve("result.json"), RESULT.json());

        assertThat(RunResult.read(new RunFolder(folder)).metrics())
                .containsEntry("mIoU", Double.NaN)
                .containsEntry("aAcc", 0.5);
    }
}
