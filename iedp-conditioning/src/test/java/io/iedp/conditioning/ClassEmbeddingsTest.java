package io.iedp.conditioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.iedp.api.UserException;
import io.iedp.nn.ConfigFile;
import io.iedp.nn.Layers;
import io.iedp.nn.ModelWeights;
import io.iedp.nn.files.Pickles;
import io.iedp.nn.files.SafeTensors;
import io.iedp.nn.files.SafeTensorsWriter;
import io.iedp.nn.files.StoredSource;
import io.iedp.nn.testing.Goldens;
import io.iedp.nn.testing.TorchTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClassEmbeddingsTest extends TorchTest {
    private static final List<String> NAMES = List.of("wall", "floor", "a round table");

    @TempDir
    private Path folder;

    /** VPD's are what transformers' CLIPTextModel gives as pooler_output. */
    @Test
    void aTextIsPooledAtItsEnd() {
        Path recorded = Goldens.folder("f_train");
        Path model = Goldens.folder("b_ldm_ckpt");
        ConfigFile sizes =
                ConfigFile.read(model.resolve("diffusers_configs.json")).section("text_encoder");
        ClipText text;
        ClipFile file = ClipFile.open(model.resolve("sd-mini.safetensors"), "text");
        try (StoredSource source = file.weights()) {
            ClipText.Config config = TextModel.config(new ClipFile(file.path(), "text", sizes, 0), 0);
            text = Layers.load(
                    source,
                    new ModelWeights(manager.newSubManager(), 0).frozen(),
                    kernels,
                    layers -> new ClipText(layers, config));
        }
        NDArray ids;
        try (SafeTensors inputs = SafeTensors.open(recorded.resolve("inputs.safetensors"))) {
            ids = inputs.readAsStored("input_ids", manager);
        }
        NDArray expected = Goldens.read(recorded.resolve("expected.safetensors"), "class_embeddings", manager);

        Goldens.assertClose(text.pool(text.encode(ids), ids), expected, "class_embeddings");
    }

    /** The mean over whole prompts, padded to the encoder's length, with no vector brought to unit length. */
    @Test
    void anEmbeddingIsTheMeanOverTheTemplates() {
        TextEncoder encoder = Branches.encoder(Branches.Host.of(kernels, manager));
        Templates templates = new Templates(List.of("a photo of a {}.", "the {}", "{} in a room"));

        NDArray embeddings = ClassEmbeddings.compute(encoder, NAMES, templates, 20, manager);

        assertThat(embeddings.getShape()).isEqualTo(new Shape(3, Branches.WIDTH));
        for (int i = 0; i < NAMES.size(); i++) {
            NDArray sum = manager.zeros(new Shape(Branches.WIDTH));
            for (String prompt : List.of("a photo of a %s.", "the %s", "%s in a room")) {
                long[] ids = encoder.tokenizer().encode(prompt.formatted(NAMES.get(i)), Branches.LENGTH);
                NDArray states = encoder.text().encode(manager.create(ids, new Shape(1, ids.length)));
                int end = 0;
                while (ids[end] != encoder.tokenizer().size() - 1) {
                    end++;
                }
                sum = sum.add(states.get("0, " + end));
            }
            assertThat(Branches.difference(embeddings.get(i), sum.div(3))).isLessThan(1e-6f);
        }
    }

    @Test
    void longPromptsAreCutAtTheLength() {
        TextEncoder encoder = Branches.encoder(Branches.Host.of(kernels, manager));
        List<String> prompt = List.of("wall floor wall floor");

        NDArray cut = encoder.pool(prompt, 4, manager);

        assertThat(Branches.difference(cut, encoder.pool(List.of("wall floor"), 12, manager)))
                .isLessThan(1e-6f);
        assertThat(Branches.difference(cut, encoder.pool(prompt, 12, manager))).isGreaterThan(1e-3f);
    }

    @Test
    void theTemplatesAreThe80OfOpenAi() {
        List<String> sentences = Templates.imageNet().sentences();

        assertThat(sentences)
                .hasSize(80)
                .startsWith("a bad photo of a {}.", "a photo of many {}.", "a sculpture of a {}.")
                .contains(
                        "itap of my {}.", "a origami {}.", "a {} in a video game.", "a jpeg corrupted photo of the {}.")
                .endsWith("a photo of a cool {}.", "a photo of a small {}.", "a tattoo of the {}.");
        assertThat(new HashSet<>(sentences)).hasSize(80);
        assertThat(Templates.imageNet().about("living_room")).startsWith("a bad photo of a living room.");
    }

    @ParameterizedTest
    @CsvSource({
        "'a {}\na photo', template 2 is 'a photo', but must have {} once",
        "'a {} or a {}', template 1 is 'a {} or a {}'",
        "' ', is empty",
    })
    void templatesOfAFileAreChecked(String content, String problem) throws IOException {
        Path file = Files.writeString(folder.resolve("templates.txt"), content);

        assertThatThrownBy(() -> Templates.of(Optional.of(file)))
                .isInstanceOf(UserException.class)
                .hasMessageContaining(problem)
                .hasMessageContaining(file.toString());
    }

    @Test
    void aFileGivesItsEmbeddingsInAnyOrder() throws IOException {
        Path file = folder.resolve("classes.safetensors");
        ClassEmbeddings.write(file, NAMES, rows(), Map.of("weights", "abc"));

        NDArray read = ClassEmbeddings.read(file, List.of("a round table", "wall", "a round table"), manager);

        assertThat(read.toFloatArray()).containsExactly(4, 5, 0, 1, 4, 5);
        assertThat(ClassEmbeddings.isCurrent(file, NAMES, Map.of("weights", "abc")))
                .isTrue();
        assertThat(ClassEmbeddings.isCurrent(file, NAMES, Map.of("weights", "abd")))
                .isFalse();
        assertThat(ClassEmbeddings.isCurrent(file, List.of("wall", "floor"), Map.of("weights", "abc")))
                .isFalse();
    }

    private static NDArray rows() {
        return manager.arange(6).reshape(3, 2).toType(DataType.FLOAT32, true);
    }

    @Test
    void namesThatAFileLacksAreTold() throws IOException {
        Path file = folder.resolve("classes.safetensors");
        ClassEmbeddings.write(file, NAMES, rows(), Map.of());

        assertThatThrownBy(() -> ClassEmbeddings.read(file, List.of("wall", "flor"), manager))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("1 of the 2 classes: 'flor' (the nearest is 'floor')")
                .hasMessageContaining(file.toString());
    }

    @Test
    void otherFilesAreRefused() throws IOException {
        Path other = folder.resolve("other.safetensors");
        SafeTensorsWriter.write(other, Map.of("embeddings", rows()), Map.of());
        Path uneven = folder.resolve("short.safetensors");
        ClassEmbeddings.write(uneven, List.of("wall"), rows(), Map.of());

        assertThatThrownBy(() -> ClassEmbeddings.read(other, NAMES, manager))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("%s holds no class embeddings", other);
        assertThatThrownBy(() -> ClassEmbeddings.read(uneven, List.of("wall"), manager))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("is damaged: its embeddings are (3, 2) for 1 names");
    }

    /** VPD's {@code class_embeddings.pth}: a row a class, and no names. */
    @Test
    void filesOfOneArrayHaveTheClassesInTheirOrder() {
        Path file = Pickles.array(folder.resolve("class_embeddings.pth"), 3, 2);

        assertThat(ClassEmbeddings.read(file, List.of("wall", "floor", "lamp"), manager)
                        .toFloatArray())
                .containsExactly(0, 1, 2, 3, 4, 5);
        assertThatThrownBy(() -> ClassEmbeddings.read(file, List.of("wall", "floor"), manager))
                .isInstanceOf(UserException.class)
                .hasMessage(
                        "%s holds an array of shape (3, 2), but there are 2 classes, each of which needs a row", file);
    }
}
