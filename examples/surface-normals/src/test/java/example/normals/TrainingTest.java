package example.normals;

import static org.assertj.core.api.Assertions.assertThat;

import io.iedp.launcher.cli.Iedp;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingTest {
    @Test
    void theExperimentTrains(@TempDir Path folder) {
        int code = Iedp.run("train", "experiment.yaml", "--limit-batches=4", "output=" + folder);

        assertThat(code).isZero();
        assertThat(folder.resolve("surface-normals/index.html")).isNotEmptyFile();
    }
}
