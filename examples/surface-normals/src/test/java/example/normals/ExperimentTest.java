package example.normals;

import static org.assertj.core.api.Assertions.assertThat;

import io.iedp.launcher.cli.Iedp;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExperimentTest {
    @Test
    void theExperimentTrains(@TempDir Path folder) {
        trains("experiment.yaml", folder, "surface-normals");
    }

    @Test
    void threeTasksTrain(@TempDir Path folder) {
        trains("three-tasks.yaml", folder, "three-tasks");
    }

    @Test
    void threeTasksExportAndTheGraphAgrees(@TempDir Path folder) {
        int code = Iedp.run("export", "three-tasks.yaml", "--to=" + folder.resolve("model.onnx"), "--check");

        assertThat(code).isZero();
    }

    private static void trains(String file, Path folder, String name) {
        int code = Iedp.run("train", file, "--limit-batches=4", "output=" + folder);

        assertThat(code).isZero();
        assertThat(folder.resolve(name).resolve("index.html")).isNotEmptyFile();
    }
}
