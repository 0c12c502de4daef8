package ${package};

import static org.assertj.core.api.Assertions.assertThat;

import io.iedp.launcher.cli.Iedp;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExperimentTest {
    @Test
    void theExperimentTrains(@TempDir Path folder) {
        int code = Iedp.run("train", "experiment.yaml", "--limit-batches=4", "output=" + folder);

        assertThat(code).isZero();
        assertThat(folder.resolve("${artifactId}/index.html")).isNotEmptyFile();
    }

    @Test
    void theExperimentExportsAndTheGraphAgrees(@TempDir Path folder) {
        int code = Iedp.run("export", "experiment.yaml", "--to=" + folder.resolve("model.onnx"), "--check");

        assertThat(code).isZero();
    }
}
