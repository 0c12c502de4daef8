package example.normals;

import static org.assertj.core.api.Assertions.assertThat;

import io.iedp.launcher.cli.Iedp;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainingTest {
    @ParameterizedTest
    @CsvSource({"experiment.yaml, surface-normals", "three-tasks.yaml, three-tasks"})
    void theExperimentsTrain(String file, String name, @TempDir Path folder) {
        int code = Iedp.run("train", file, "--limit-batches=4", "output=" + folder);

        assertThat(code).isZero();
        assertThat(folder.resolve(name).resolve("index.html")).isNotEmptyFile();
    }
}
