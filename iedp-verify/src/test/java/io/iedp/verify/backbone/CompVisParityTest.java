package io.iedp.verify.backbone;

import static org.assertj.core.api.Assertions.assertThat;

import io.iedp.nn.files.Pickles;
import io.iedp.nn.files.StoredSource;
import io.iedp.nn.files.WeightFiles;
import io.iedp.nn.testing.Goldens;
import io.iedp.verify.testing.RecordedCases;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pickled single file against what CompVis' own code computes with the same weights. */
class CompVisParityTest {
    @TempDir
    private Path temporary;

    @Test
    void computesWhatCompVisDoes() throws IOException {
        Path folder = Goldens.folder("b_ldm_ckpt");
        for (String file :
                List.of("meta.json", "diffusers_configs.json", "inputs.safetensors", "expected.safetensors")) {
            Files.copy(folder.resolve(file), temporary.resolve(file));
        }
        try (StoredSource source = WeightFiles.open(folder.resolve("sd-mini.safetensors"))) {
            assertThat(Pickles.checkpoint(temporary.resolve("sd-mini.ckpt"), source))
                    .exists();
        }
        RecordedCases.assertAsExpected(temporary);
    }
}
