package io.iedp.conditioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.iedp.api.UserException;
import io.iedp.api.nn.WeightsPath;
import io.iedp.nn.Layers;
import io.iedp.nn.ModelWeights;
import io.iedp.nn.files.SafeTensorsWriter;
import io.iedp.nn.testing.TorchTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbedClassesTest extends TorchTest {
    private static final Path WORDS = Path.of("src/main/resources/io/iedp/conditioning/small-vocabulary");

    @TempDir
    private Path folder;

    private Path weights;
    private Path to;

    @BeforeEach
    void makeModel() throws IOException {
        weights = Files.createDirectory(folder.resolve("clip"));
        to = folder.resolve("new/classes.safetensors");
        writeModel(1);
        Files.writeString(weights.resolve("config.json"), """
                {"hidden_size": 8, "intermediate_size": 32, "num_hidden_layers": 2, "num_attention_heads": 2,
                 "vocab_size": %s, "max_position_embeddings": 77, "hidden_act": "quick_gelu"}""".formatted(
                        ClipTokenizer.small().size()));
    }

    private void writeModel(long seed) throws IOException {
        try (NDManager own = manager.newSubManager()) {
            ModelWeights model = new ModelWeights(own, seed);
            ClipText.Config config =
                    new TextArchitecture(77, 8, 2, 2).text(ClipTokenizer.small().size(), 0);
            new ClipText(new Layers(model.scope("text_model"), kernels), config);
            Map<String, NDArray> arrays = new LinkedHashMap<>();
            model.parameters().forEach(each -> arrays.put(each.name(), each.array()));
            SafeTensorsWriter.write(weights.resolve("model.safetensors"), arrays, Map.of());
        }
    }

    private EmbedClassesConfig config(List<String> names, Optional<Path> file, Optional<Path> templates, int length) {
        return new EmbedClassesConfig(
                WeightsPath.of(weights),
                to,
                names,
                file,
                Optional.empty(),
                templates,
                length,
                Optional.of(WeightsPath.of(WORDS)),
                Optional.empty());
    }

    private List<String> run(EmbedClassesConfig config) {
        List<String> lines = new ArrayList<>();
        new EmbedClasses()
                .create(config, new PrintingContext(kernels, manager, lines))
                .run();
        return lines;
    }

    @Test
    void whatItWritesIsWhatTheBranchComputes() {
        assertThat(run(config(List.of("wall", "floor", "wall"), Optional.empty(), Optional.empty(), 20)))
                .containsExactly(
                        "Embedding 2 classes with 80 templates each ...",
                        "%s holds 2 embeddings of width 8.".formatted(to));

        TextEncoder encoder = new TextModel("test", weights, Optional.of(WORDS), Optional.empty())
                .load(new ModelWeights(manager.newSubManager(), 0), kernels);
        NDArray expected =
                ClassEmbeddings.compute(encoder, List.of("floor", "wall"), Templates.imageNet(), 20, manager);
        NDArray read = ClassEmbeddings.read(to, List.of("floor", "wall"), manager);
        assertThat(Branches.difference(read, expected)).isZero();
    }

    @Test
    void theSameAgainDoesNothing() throws IOException {
        EmbedClassesConfig config = config(List.of("wall", "floor"), Optional.empty(), Optional.empty(), 20);
        run(config);
        FileTime before = FileTime.fromMillis(1000);
        Files.setLastModifiedTime(to, before);

        assertThat(run(config))
                .containsExactly("%s is there already, made from the same names, templates and weights.".formatted(to));
        assertThat(Files.getLastModifiedTime(to)).isEqualTo(before);
    }

    @Test
    void anyChangeMakesThemAnew() throws IOException {
        List<String> names = List.of("wall", "floor");
        run(config(names, Optional.empty(), Optional.empty(), 20));
        Path templates = Files.writeString(folder.resolve("templates.txt"), "a {}\n\nthe {}\n");

        assertThat(run(config(List.of("floor", "wall"), Optional.empty(), Optional.empty(), 20)))
                .hasSize(2);
        assertThat(run(config(names, Optional.empty(), Optional.empty(), 19))).hasSize(2);
        assertThat(run(config(names, Optional.empty(), Optional.of(templates), 19)))
                .hasSize(2)
                .first()
                .isEqualTo("Embedding 2 classes with 2 templates each ...");
        writeModel(2);
        assertThat(run(config(names, Optional.empty(), Optional.of(templates), 19)))
                .hasSize(2);
        assertThat(run(config(names, Optional.empty(), Optional.of(templates), 19)))
                .hasSize(1);
    }

    @Test
    void namesComeFromAFile() throws IOException {
        Path file = Files.writeString(folder.resolve("classes.txt"), "\uFEFFwall\n  crt screen \n\nwall\n");

        run(config(List.of(), Optional.of(file), Optional.empty(), 20));

        assertThat(ClassEmbeddings.read(to, List.of("crt screen"), manager)
                        .getShape()
                        .get(1))
                .isEqualTo(8);
        assertThat(run(config(List.of("wall", "crt screen"), Optional.empty(), Optional.empty(), 20)))
                .hasSize(1);
    }

    @Test
    void cutPromptsAreTold() throws IOException {
        Path templates = Files.writeString(folder.resolve("templates.txt"), "a photo of a {}");

        assertThat(run(config(List.of("wall", "wall wall wall wall"), Optional.empty(), Optional.of(templates), 8)))
                .contains(
                        "1 of the names make prompts of more than 8 tokens, which are cut; a larger length keeps more.");
    }

    /** The start, the end and five of the seven words fit; a word that only begins within is left out as a whole. */
    @Test
    void whatIsBeyondTheTokensIsKnown() {
        TextEncoder encoder = new TextModel("test", weights, Optional.of(WORDS), Optional.empty())
                .load(new ModelWeights(manager.newSubManager(), 0), kernels);

        assertThat(encoder.beyond("wall floor  wall floor wall", 7)).isEmpty();
        assertThat(encoder.beyond(" wall floor  wall floor wall, floor  Wall ", 7))
                .isEqualTo("wall, floor  Wall");
        assertThat(encoder.beyond("xqzxqzxqzxqz wall", 7)).isEqualTo("xqzxqzxqzxqz wall");
        assertThat(encoder.beyond("", 7)).isEmpty();
    }

    @Test
    void otherFilesAreNotOverwritten() throws IOException {
        Files.createDirectories(to.getParent());
        SafeTensorsWriter.write(to, Map.of("precious", manager.ones(new Shape(2))), Map.of());
        byte[] before = Files.readAllBytes(to);

        assertThatThrownBy(() -> run(config(List.of("wall"), Optional.empty(), Optional.empty(), 20)))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("%s holds no class embeddings", to);
        assertThat(Files.readAllBytes(to)).isEqualTo(before);
    }

    @Test
    void whatCannotBeReadIsTold() throws IOException {
        Path none = folder.resolve("none.txt");
        assertThatThrownBy(() -> run(config(List.of(), Optional.of(none), Optional.empty(), 20)))
                .isInstanceOf(UserException.class)
                .hasMessage("There is no file %s", none);
        Path empty = Files.writeString(folder.resolve("empty.txt"), "\n");
        assertThatThrownBy(() -> run(config(List.of(), Optional.of(empty), Optional.empty(), 20)))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("%s is empty", empty);
        Files.delete(weights.resolve("model.safetensors"));
        assertThatThrownBy(() -> run(config(List.of("wall"), Optional.empty(), Optional.empty(), 20)))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("There are no weights in %s", weights);
        assertThat(to).doesNotExist();
    }

    @Test
    void theClassesMustBeNamedInOneWay() {
        assertThatThrownBy(() -> config(List.of(), Optional.empty(), Optional.empty(), 20))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("exactly one of names, file and list");
        assertThatThrownBy(() -> config(List.of("wall"), Optional.of(to), Optional.empty(), 20))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2 do");
    }
}
