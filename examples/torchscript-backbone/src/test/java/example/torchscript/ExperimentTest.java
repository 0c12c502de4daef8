package example.torchscript;

import static org.assertj.core.api.Assertions.assertThat;

import io.iedp.launcher.cli.Iedp;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExperimentTest {
    @Test
    void theExperimentTrains(@TempDir Path folder) throws IOException {
        Path network = TinyNetwork.write(folder.resolve("tiny.pt"));

        int code = Iedp.run(
                "train", "experiment.yaml", "--limit-batches=4", "output=" + folder, "backbone.file=" + network);

        assertThat(code).isZero();
        assertThat(folder.resolve("torchscript/index.html")).isNotEmptyFile();
    }

    @Test
    void levelsThatDoNotFitAreSaid(@TempDir Path folder) throws IOException {
        Path network = TinyNetwork.write(folder.resolve("tiny.pt"));

        int code = Iedp.run(
                "train",
                "experiment.yaml",
                "--limit-batches=1",
                "output=" + folder,
                "backbone.file=" + network,
                "backbone.levels.1.channels=17");

        assertThat(code).as("a mistake of the user").isEqualTo(2);
    }
}
