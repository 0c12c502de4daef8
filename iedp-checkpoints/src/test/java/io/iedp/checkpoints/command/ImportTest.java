package io.iedp.checkpoints.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.iedp.api.UserException;
import io.iedp.api.data.Batch;
import io.iedp.api.data.RgbImage;
import io.iedp.api.data.Sample;
import io.iedp.checkpoints.PublishedForm;
import io.iedp.config.plugin.PluginLoader;
import io.iedp.engine.ModelOptions;
import io.iedp.engine.model.Assembly;
import io.iedp.engine.run.DataDescription;
import io.iedp.nn.files.Pickles;
import io.iedp.nn.files.RenamedSource;
import io.iedp.nn.files.SafeTensors;
import io.iedp.nn.files.SafeTensorsWriter;
import io.iedp.nn.testing.Goldens;
import io.iedp.nn.testing.TorchTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole models that the originals recorded, in files as their authors offer them. */
class ImportTest extends TorchTest {
    @TempDir
    private Path work;

    /** The segmentation model's classes; the embeddings of depth are of as many kinds of place as are recorded. */
    private Path recipe(String text) throws IOException {
        return Files.writeString(work.resolve("recipe.yaml"), text + """
                training: {steps: 1, batch: 1, learning-rate: 1e-4}
                """);
    }

    private Path segmentation() throws IOException {
        return recipe("""
                name: small
                backbone: {type: stable-diffusion, timestep: 1, latent-scale: 1}
                guidance: {classes: {type: class-embeddings}}
                head: {type: semantic-fpn}
                task: {type: semantic-segmentation, window: 128, stride: 85}
                data:
                  train: {type: folder, root: absent, class-names: %s}
                  val: {type: folder, root: absent}
                """.formatted(names(7)));
    }

    private Path depth() throws IOException {
        return recipe("""
                name: small
                backbone: {type: stable-diffusion, timestep: 1, latent-scale: 1}
                guidance: {classes: {type: class-embeddings, select: scene, names: %s}}
                head: {type: depth-decoder}
                task: {type: depth, clip: false}
                data:
                  train: {type: folder, root: absent, depth: depth, labels: "", class-names: []}
                  val: {type: folder, root: absent, depth: depth, labels: "", class-names: []}
                """.formatted(names(6)));
    }

    private static List<String> names(int count) {
        return IntStream.range(0, count).mapToObj(i -> "class-" + i).toList();
    }

    /**
     * What the authors' code saves of a case: the parts of Stable Diffusion under its names for them, and all else.
     *
     * @param prefix of the diffusion model, as in {@code encoder.}
     * @param all what becomes of a name in the end
     */
    private Path published(String recorded, String prefix, UnaryOperator<String> all) throws IOException {
        Path diffusion = Goldens.folder("b_ldm_ckpt").resolve("sd-mini.safetensors");
        Path head = Goldens.folder(recorded).resolve("head.safetensors");
        Path whole = work.resolve("whole.safetensors");
        try (SafeTensors first = SafeTensors.open(diffusion);
                SafeTensors second = SafeTensors.open(head)) {
            Map<String, NDArray> arrays = new LinkedHashMap<>();
            for (String name : first.names()) {
                String place = place(name, prefix);
                if (!place.isEmpty()) {
                    arrays.put(all.apply(place), first.readAsStored(name, manager));
                }
            }
            for (String name : second.names()) {
                arrays.put(all.apply(name), second.readAsStored(name, manager));
            }
            arrays.put(all.apply(prefix + "sd_model.betas"), manager.zeros(new Shape(1000)));
            SafeTensorsWriter.write(whole, arrays, Map.of());
        }
        Path file = work.resolve("published.pth");
        try (SafeTensors source = SafeTensors.open(whole)) {
            return Pickles.checkpoint(file, RenamedSource.only(source, name -> true));
        }
    }

    /** VPD drops the autoencoder's decoder, the text encoder and, for depth, the UNet's last layers. */
    private static String place(String name, String prefix) {
        if (name.startsWith("model.diffusion_model.")
                && !(name.startsWith("model.diffusion_model.out.") && prefix.startsWith("encoder."))) {
            return prefix + "unet.unet." + name.substring("model.".length());
        }
        return name.startsWith("first_stage_model.") && !name.startsWith("first_stage_model.decoder.")
                ? prefix + "encoder_vq." + name.substring("first_stage_model.".length())
                : "";
    }

    private List<String> run(Path file, PublishedForm form, Path recipe, String... set) {
        return RecordedContext.run(
                new ImportConfig(file, form, work.resolve("run"), Optional.of(recipe), List.of(set), 8, 32));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "module."})
    void aRunOfASegmentationModelComputesWhatTheOriginalDid(String distributed) throws IOException {
        Path file = published("e_vpd_seg", "", distributed::concat);

        assertThat(run(file, PublishedForm.VPD_SEGMENTATION, segmentation()))
                .last()
                .asString()
                .contains("iedp eval", work.resolve("run").toString());
        Files.delete(file);

        assertThat(DataDescription.readSize(work.resolve("run/data.json")))
                .hasValue(new DataDescription.Size(512, 512));
        try (Assembly model = ModelOptions.run(work.resolve("run"))
                .components(PluginLoader.own())
                .device("cpu")
                .assemble(kernels -> kernels)) {
            NDArray logits = infer(model, "e_vpd_seg", Map.of());
            Goldens.assertClose(logits.get(":, :, ::2, ::2"), expected("e_vpd_seg", "logits_full_stride2"), "logits");
        }
    }

    @Test
    void aRunOfADepthModelComputesWhatTheOriginalDid() throws IOException {
        Path file = published("e_vpd_depth", "encoder.", UnaryOperator.identity());

        run(file, PublishedForm.VPD_DEPTH, depth());

        try (Assembly model = ModelOptions.run(work.resolve("run"))
                        .components(PluginLoader.own())
                        .device("cpu")
                        .assemble(kernels -> kernels);
                SafeTensors inputs =
                        SafeTensors.open(Goldens.folder("e_vpd_depth").resolve("inputs.safetensors"))) {
            long scene = inputs.readAsStored("class_ids", manager).getLong();
            NDArray depth = infer(model, "e_vpd_depth", Map.of(Sample.SCENE, "class-" + scene));
            Goldens.assertClose(depth.get(":, :, ::4, ::4"), expected("e_vpd_depth", "pred_d_stride4"), "depth");
        }
    }

    /** The case has the states of 9 tokens, and attention maps of as many. */
    @Test
    void aRunOfAReferringModelTakesWordsThroughAPublishedEncoder() throws IOException {
        Path file = published("e_vpd_refer", "", UnaryOperator.identity());

        run(file, PublishedForm.VPD_REFERRING, texts("""
                head: {type: referring-decoder}
                task: {type: referring-segmentation}
                """, "expression"));

        try (Assembly model = ModelOptions.run(work.resolve("run"))
                .components(PluginLoader.own())
                .device("cpu")
                .assemble(kernels -> kernels)) {
            NDArray left = infer(model, "e_vpd_refer", Map.of(Sample.EXPRESSION, "left"));
            NDArray right = infer(model, "e_vpd_refer", Map.of(Sample.EXPRESSION, "the right one"));
            assertThat(left.getShape()).isEqualTo(new Shape(1, 2, 128, 128));
            assertThat(left.sub(right).abs().max().getFloat()).isPositive();
        }
        assertThat(Files.readString(work.resolve("run/experiment.yaml")))
                .contains("length: 9", "adapter: true", "- 16\n    - 32");
    }

    /** TADP has the same parts, but a text in the place of classes, and no adapter unless it is told to. */
    @Test
    void aRunOfTadpNeedsNoAdapter() throws IOException {
        Path file =
                published("e_vpd_seg", "", name -> name.matches("gamma|text_adapter.*") ? "sd_model." + name : name);

        run(file, PublishedForm.TADP_SEGMENTATION, texts("""
                head: {type: semantic-fpn}
                task: {type: semantic-segmentation}
                """, "caption"));

        assertThat(Files.readString(work.resolve("run/experiment.yaml"))).contains("length: 7", "adapter: false");
        try (Assembly model = ModelOptions.run(work.resolve("run"))
                .components(PluginLoader.own())
                .device("cpu")
                .assemble(kernels -> kernels)) {
            assertThat(infer(model, "e_vpd_seg", Map.of("caption", "a room")).getShape())
                    .isEqualTo(new Shape(1, 7, 128, 128));
        }
    }

    private Path texts(String parts, String text) throws IOException {
        return recipe("""
                name: small
                backbone: {type: stable-diffusion, timestep: 1, latent-scale: 1}
                guidance: {caption: {type: caption, text: %s, weights: %s}}
                data:
                  train: {type: folder, root: absent, class-names: %s}
                  val: {type: folder, root: absent}
                """.formatted(text, new Gson().toJson(encoder().toString()), names(7)) + parts);
    }

    /** The text encoder of the recorded Stable Diffusion as a folder of its own, with a vocabulary of single bytes. */
    private Path encoder() throws IOException {
        Path recorded = Goldens.folder("b_ldm_ckpt");
        Path folder = Files.createDirectories(work.resolve("clip"));
        JsonObject config = JsonParser.parseString(Files.readString(recorded.resolve("diffusers_configs.json")))
                .getAsJsonObject()
                .getAsJsonObject("text_encoder");
        Files.writeString(folder.resolve("config.json"), config.toString());
        String prefix = "cond_stage_model.transformer.";
        try (SafeTensors source = SafeTensors.open(recorded.resolve("sd-mini.safetensors"))) {
            Map<String, NDArray> arrays = new LinkedHashMap<>();
            source.names().stream()
                    .filter(name -> name.startsWith(prefix) && !name.endsWith("position_ids"))
                    .forEach(name -> arrays.put(name.substring(prefix.length()), source.readAsStored(name, manager)));
            SafeTensorsWriter.write(folder.resolve("model.safetensors"), arrays, Map.of());
        }
        JsonObject vocabulary = new JsonObject();
        for (int letter = 0; letter < 256; letter++) {
            // As GPT-2's vocabulary writes bytes: those that show as they are, the others from 256 on.
            boolean shows = letter > ' ' && letter < 127 || letter > 160 && letter != 173;
            String written =
                    Character.toString(shows ? letter : 256 + letter - (letter <= ' ' ? 0 : letter <= 160 ? 94 : 139));
            vocabulary.addProperty(written, letter);
            vocabulary.addProperty(written + "</w>", 256 + letter);
        }
        vocabulary.addProperty("<|startoftext|>", 598);
        vocabulary.addProperty("<|endoftext|>", 599);
        Files.writeString(folder.resolve("vocab.json"), vocabulary.toString());
        Files.writeString(folder.resolve("merges.txt"), "#version: 0.2\n");
        return folder;
    }

    @Test
    void whatAFileIsInsteadIsSaid() throws IOException {
        Path depth = published("e_vpd_depth", "encoder.", UnaryOperator.identity());

        assertThatThrownBy(() -> run(depth, PublishedForm.VPD_SEGMENTATION, segmentation()))
                .isInstanceOf(UserException.class)
                .hasMessage(depth + " is no checkpoint of vpd-segmentation: it looks like vpd-depth or tadp-depth");
        Path diffusion = Goldens.folder("b_ldm_ckpt").resolve("sd-mini.safetensors");
        assertThatThrownBy(() -> run(diffusion, PublishedForm.VPD_SEGMENTATION, segmentation()))
                .isInstanceOf(UserException.class)
                .hasMessageContaining(
                        "it has neither 'decode_head.conv_seg.weight' nor a UNet under 'unet.unet.diffusion_model.' but");
        assertThat(work.resolve("run")).doesNotExist();
    }

    @Test
    void arraysThatHaveNoPlaceAreRefused() throws IOException {
        Path file = published(
                "e_vpd_seg", "", name -> name.equals("decode_head.conv_seg.bias") ? "auxiliary_head.bias" : name);

        assertThatThrownBy(() -> run(file, PublishedForm.VPD_SEGMENTATION, segmentation()))
                .isInstanceOf(UserException.class)
                .hasMessage(file + " has 1 arrays that vpd-segmentation has no place for: auxiliary_head.bias");
        assertThat(work.resolve("run")).doesNotExist();
    }

    @Test
    void classesOfOtherDataAreRefused() throws IOException {
        Path file = published("e_vpd_seg", "", UnaryOperator.identity());
        Path recipe = segmentation();

        assertThatThrownBy(
                        () -> run(file, PublishedForm.VPD_SEGMENTATION, recipe, "data.train.class-names=[wall, floor]"))
                .isInstanceOf(UserException.class)
                .hasMessage(
                        "%s tells 7 classes apart, but the data of %s have 2; --recipe must name an experiment file with the data that it was trained on",
                        file, recipe);
        assertThat(work.resolve("run")).doesNotExist();
    }

    @Test
    void aFolderWithSomethingInItStaysAsItIs() throws IOException {
        Files.createDirectories(work.resolve("run"));
        Files.writeString(work.resolve("run/notes.txt"), "mine");

        assertThatThrownBy(() -> run(work.resolve("absent.pth"), PublishedForm.VPD_DEPTH, depth()))
                .isInstanceOf(UserException.class)
                .hasMessage(work.resolve("run") + " is not empty; nothing was written");
        assertThat(work.resolve("run")).isDirectoryNotContaining(file -> !file.endsWith("notes.txt"));
    }

    private NDArray infer(Assembly model, String recorded, Map<String, String> texts) {
        try (SafeTensors inputs = SafeTensors.open(Goldens.folder(recorded).resolve("inputs.safetensors"))) {
            Batch batch = model.batch(List.of(new Sample("recorded", picture(inputs), Map.of(), texts)));
            NDArray output = model.tasks()
                    .main()
                    .task()
                    .protocol()
                    .infer(model.model().forwardPass(model.tasks().main()), batch);
            output.attach(manager);
            return output;
        }
    }

    /** Of (1, 3, H, W) bytes. */
    private static RgbImage picture(SafeTensors inputs) {
        NDArray planes = inputs.readAsStored("image_u8", manager);
        Shape shape = planes.getShape();
        byte[] bytes = planes.toByteArray();
        byte[] pixels = new byte[bytes.length];
        int plane = bytes.length / 3;
        for (int at = 0; at < pixels.length; at++) {
            pixels[at] = bytes[at % 3 * plane + at / 3];
        }
        return new RgbImage(Math.toIntExact(shape.get(3)), Math.toIntExact(shape.get(2)), pixels);
    }

    private static NDArray expected(String recorded, String name) {
        return Goldens.read(Goldens.folder(recorded).resolve("expected.safetensors"), name, manager);
    }
}
