package io.iedp.conditioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.iedp.api.UserException;
import io.iedp.api.data.RgbImage;
import io.iedp.api.nn.WeightsPath;
import io.iedp.io.image.ImageFiles;
import io.iedp.io.text.Csv;
import io.iedp.nn.Layers;
import io.iedp.nn.ModelWeights;
import io.iedp.nn.files.SafeTensorsWriter;
import io.iedp.nn.testing.TorchTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NearestCaptionsTest extends TorchTest {
    @TempDir
    private Path folder;

    private Path clip;
    private Path images;
    private Path captions;

    @BeforeEach
    void make() throws IOException {
        clip = Files.createDirectory(folder.resolve("clip"));
        writeClip(true);
        Files.writeString(clip.resolve("config.json"), """
                {"hidden_size": 8, "intermediate_size": 32, "num_hidden_layers": 1, "num_attention_heads": 2,
                 "image_size": 16, "patch_size": 8, "num_channels": 3, "hidden_act": "quick_gelu"}""");
        images = folder.resolve("images");
        write("train/dark", 10);
        write("train/darkish", 14);
        write("train/bright", 250);
        write("val/a/night", 10);
        write("val/noon", 250);
        captions = folder.resolve("captions.csv");
        Files.writeString(captions, """
                name,caption
                train/dark,"a dark, small room"
                train/darkish,a rather dark room
                train/bright,a bright room
                """);
    }

    private void writeClip(boolean projected) throws IOException {
        try (NDManager own = manager.newSubManager()) {
            ModelWeights model = new ModelWeights(own, 1);
            Layers layers = new Layers(model, kernels);
            new ClipVision(layers.at("vision_model"), new ClipVision.Config(new ClipConfig(8, 1, 2, 32, true), 16, 8));
            if (projected) {
                layers.linear("visual_projection", 8, 6);
            }
            Map<String, NDArray> arrays = new LinkedHashMap<>();
            model.parameters().stream()
                    .filter(each -> !each.name().equals("visual_projection.bias"))
                    .forEach(each -> arrays.put(each.name(), each.array()));
            SafeTensorsWriter.write(clip.resolve("model.safetensors"), arrays, Map.of());
        }
    }

    /** One grey: the same is the nearest, and black is nearer to dark than to white. */
    private void write(String name, int level) throws IOException {
        Path file = images.resolve(name + ".png");
        Files.createDirectories(file.getParent());
        byte[] pixels = new byte[20 * 12 * 3];
        Arrays.fill(pixels, (byte) level);
        ImageFiles.writePng(new RgbImage(20, 12, pixels), file);
    }

    private List<String> run(String among) {
        List<String> lines = new ArrayList<>();
        new NearestCaptions()
                .create(
                        new NearestCaptionsConfig(
                                WeightsPath.of(clip),
                                images,
                                among,
                                captions,
                                folder.resolve("new/to.csv"),
                                Fit.SQUEEZE),
                        new PrintingContext(kernels, manager, lines))
                .run();
        return lines;
    }

    @Test
    void everyPictureGetsTheCaptionOfTheNearestOther() {
        assertThat(run("train"))
                .containsExactly(
                        "%s has the captions of 5 pictures, taken from 3.".formatted(folder.resolve("new/to.csv")));
        List<List<String>> rows = Csv.read(folder.resolve("new/to.csv"));
        assertThat(rows.get(0)).containsExactly("name", "caption", "nearest");
        assertThat(rows.subList(2, 6))
                .containsExactly(
                        List.of("train/dark", "a rather dark room", "train/darkish"),
                        List.of("train/darkish", "a dark, small room", "train/dark"),
                        List.of("val/a/night", "a dark, small room", "train/dark"),
                        List.of("val/noon", "a bright room", "train/bright"));
        assertThat(rows.get(1).get(0)).isEqualTo("train/bright");
        assertThat(rows.get(1).get(2)).isIn("train/dark", "train/darkish");
        CaptionFile file = CaptionFile.read(folder.resolve("new/to.csv"));
        assertThat(file.of("train_darkish")).contains("a dark, small room");
    }

    @Test
    void whatIsMissingIsSaidByName() throws IOException {
        assertThatThrownBy(() -> run("training"))
                .isInstanceOf(UserException.class)
                .hasMessage("nearest-captions: %s must have two pictures at least, but has 0"
                        .formatted(images.resolve("training")));
        write("train/another", 90);
        assertThatThrownBy(() -> run("train"))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("captions.csv has no caption for the picture 'train_another'");
        Files.delete(images.resolve("train/another.png"));
        writeClip(false);
        assertThatThrownBy(() -> run("train"))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("has no 'visual_projection.weight'");
        assertThat(folder.resolve("new")).doesNotExist();
    }
}
