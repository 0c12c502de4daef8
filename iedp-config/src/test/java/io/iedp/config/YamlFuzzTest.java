package io.iedp.config;

import io.iedp.io.Frugal;
import io.iedp.io.Fuzz;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class YamlFuzzTest {
    private static final String FILE = """
            name: good
            extends: base.yaml
            device: cpu
            backbone: {type: unet, channels: [8, 16]}
            guidance:
              image: {type: image}
              labels: &a {type: labels}
            head: linear
            task: segment
            data:
              train: {type: pictures, root: "photos/${name}"}
              val: {type: pictures, root: '${env:HOUSE:-x}'}
            training: {steps: 10, batch: 0x2, learning-rate: 1e-3}
            """;

    @TempDir
    Path folder;

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void experiments() throws IOException {
        Files.writeString(folder.resolve("base.yaml"), "training: {steps: 5, batch: 2, learning-rate: 1e-3}\n");
        ExperimentLoader loader = new ExperimentLoader(Parts.catalog(), Map.of("HOUSE", "7a"));
        Fuzz.run(
                "experiments",
                1500,
                List.of(bytes(FILE)),
                Frugal.file(folder.resolve("a.yaml"), file -> loader.load(file, List.of("training.steps=7"))));
    }

    @Test
    void settings() throws IOException {
        Path file = Files.writeString(folder.resolve("a.yaml"), FILE.replace("extends: base.yaml\n", ""));
        ExperimentLoader loader = new ExperimentLoader(Parts.catalog(), Map.of());
        Fuzz.run(
                "settings",
                1500,
                List.of(bytes("backbone.channels=[1, 2]"), bytes("data.train.type=pictures")),
                Frugal.of(setting -> loader.load(file, List.of(new String(setting, StandardCharsets.UTF_8)))));
    }
}
