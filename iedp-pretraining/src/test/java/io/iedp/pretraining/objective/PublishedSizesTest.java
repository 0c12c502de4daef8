package io.iedp.pretraining.objective;

import static org.assertj.core.api.Assertions.assertThat;

import io.iedp.backbone.UnetConfig;
import io.iedp.backbone.VaeConfig;
import io.iedp.conditioning.ClipTokenizer;
import io.iedp.nn.ConfigFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written is read as the same. */
class PublishedSizesTest {
    @Test
    void ofUnets() {
        UnetConfig config = UnetConfig.of(List.of(48, 96, 144), 1, 4, 1, 128, 8, 4);

        assertThat(UnetConfig.parse(new ConfigFile(config.json(), "config.json")))
                .isEqualTo(config);
    }

    @Test
    void ofAutoencoders() {
        VaeConfig config = new VaeConfig(List.of(16, 32, 64), 1, 4, 8, 0.75);

        assertThat(VaeConfig.parse(new ConfigFile(config.json(), "config.json")))
                .isEqualTo(config);
        assertThat(config.withLatentScale(2).latentScale()).isEqualTo(2);
    }

    @Test
    void ofTokenizers(@TempDir Path folder) throws IOException {
        ClipTokenizer tokenizer = ClipTokenizer.small();
        for (Map.Entry<String, String> file : tokenizer.files().entrySet()) {
            Files.writeString(folder.resolve(file.getKey()), file.getValue());
        }

        ClipTokenizer read = ClipTokenizer.load(folder);

        assertThat(read.files()).isEqualTo(tokenizer.files());
        for (String text : List.of("", "a room with two windows", "un lit, s'il vous plaît & <x>!")) {
            assertThat(read.encode(text, 24)).isEqualTo(tokenizer.encode(text, 24));
        }
    }
}
