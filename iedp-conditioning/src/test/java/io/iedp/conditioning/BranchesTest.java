package io.iedp.conditioning;

import static io.iedp.conditioning.Branches.LENGTH;
import static io.iedp.conditioning.Branches.WIDTH;
import static io.iedp.conditioning.Branches.batch;
import static io.iedp.conditioning.Branches.difference;
import static io.iedp.conditioning.Branches.sample;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.iedp.api.UserException;
import io.iedp.api.data.Batch;
import io.iedp.api.data.ClassInfo;
import io.iedp.api.data.DatasetInfo;
import io.iedp.api.data.Sample;
import io.iedp.api.guidance.GuidanceBranch;
import io.iedp.api.guidance.GuidanceBranch.Use;
import io.iedp.conditioning.Branches.Host;
import io.iedp.conditioning.ClassEmbeddingsConfig.Select;
import io.iedp.io.dataset.NyuScenes;
import io.iedp.nn.Gradients;
import io.iedp.nn.Layers;
import io.iedp.nn.ModelWeights;
import io.iedp.nn.Parameter;
import io.iedp.nn.testing.TorchTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The types of guidance, with a small text encoder of random weights. */
class BranchesTest extends TorchTest {
    @TempDir
    private Path folder;

    private Host host;

    @BeforeEach
    void makeHost() {
        host = Host.of(kernels, manager, "wall", "floor", "table");
    }

    private static NDArray embed(GuidanceBranch branch, Batch batch) {
        return branch.embed(branch.encode(batch));
    }

    private NDArray encoded(String text) {
        return Branches.encoder(host).encode(List.of(text), LENGTH, manager).get(0);
    }

    /** The parameters that a gradient reaches, of the sum of squares of what the branch makes. */
    private List<String> reached(GuidanceBranch branch, Batch batch) {
        List<String> reached = new ArrayList<>();
        try (Gradients.Recording recording = Gradients.record()) {
            NDArray embedded = embed(branch, batch);
            Gradients.backward(embedded.square().sum());
            for (Parameter parameter : host.weights().parameters()) {
                Gradients.of(parameter.array())
                        .filter(gradient -> gradient.abs().max().getFloat() > 0)
                        .ifPresent(gradient -> reached.add(parameter.name()));
            }
        }
        return reached;
    }

    @Test
    void allClassesAreOneTokenEachInTheirOrder() {
        GuidanceBranch branch = new ClassEmbeddingsFactory()
                .create(Branches.classes(Optional.empty(), Select.ALL, SceneMatch.EXACT), host);
        NDArray expected = ClassEmbeddings.compute(
                Branches.encoder(host), List.of("wall", "floor", "table"), Templates.imageNet(), 20, manager);

        NDArray embedded = embed(branch, batch(manager, sample("a", Map.of()), sample("b", Map.of())));

        assertThat(branch.use()).isEqualTo(Use.ALWAYS);
        assertThat(branch.tokens()).isEqualTo(3);
        assertThat(embedded.getShape()).isEqualTo(new Shape(2, 3, WIDTH));
        // The adapter's gain of 1e-4 hardly changes them at first.
        assertThat(difference(embedded.get(0), expected)).isLessThan(1e-3f);
        assertThat(difference(embedded.get(1), expected)).isLessThan(1e-3f);
        assertThat(difference(expected.get(0), expected.get(1))).isGreaterThan(1e-2f);
    }

    @Test
    void theTextAdapterTrainsAndTheEmbeddingsDoNot() {
        GuidanceBranch branch = new ClassEmbeddingsFactory()
                .create(Branches.classes(Optional.empty(), Select.ALL, SceneMatch.EXACT), host);

        assertThat(host.trained())
                .containsExactly(
                        "gamma",
                        "text_adapter.fc.0.weight",
                        "text_adapter.fc.0.bias",
                        "text_adapter.fc.2.weight",
                        "text_adapter.fc.2.bias");
        assertThat(host.weights().parameters())
                .filteredOn(each -> each.role() != Parameter.Role.TRAINED)
                .extracting(Parameter::name, Parameter::role)
                .containsExactly(tuple("class_embeddings", Parameter.Role.BUFFER));
        assertThat(reached(branch, batch(manager, sample("a", Map.of())))).containsExactlyElementsOf(host.trained());
    }

    /** {@code texts + gamma * (W2 gelu(W1 texts + b1) + b2)}, with numbers that can be followed by hand. */
    @Test
    void theTextAdapterIsThatOfVpd() {
        TextAdapter adapter = TextAdapter.of(new Layers(new ModelWeights(manager.newSubManager(), 0), kernels), 1);
        adapter.gamma().set(new float[] {0.5f});
        adapter.widen().weight().set(new float[] {2});
        adapter.widen().bias().orElseThrow().set(new float[] {1});
        adapter.narrow().weight().set(new float[] {3});
        adapter.narrow().bias().orElseThrow().set(new float[] {-1});

        // gelu(2 * 0.25 + 1) = 1.5 * Phi(1.5) = 1.5 * 0.9331928 = 1.3997892
        float adapted = adapter.apply(manager.create(new float[] {0.25f}, new Shape(1, 1, 1)))
                .getFloat();

        assertThat(adapted).isCloseTo(0.25f + 0.5f * (3 * 1.3997892f - 1), within(1e-6f));
    }

    @Test
    void aSceneIsOneToken() {
        GuidanceBranch branch = new ClassEmbeddingsFactory()
                .create(
                        Branches.classes(
                                Optional.empty(),
                                Select.SCENE,
                                SceneMatch.EXACT,
                                "bath room",
                                "living_room",
                                "kitchen"),
                        host);
        NDArray expected = ClassEmbeddings.compute(
                Branches.encoder(host), List.of("kitchen", "living room"), Templates.imageNet(), 20, manager);

        NDArray embedded = withoutAdapter(
                branch, sample("a", Map.of("scene", "Kitchen")), sample("b", Map.of("scene", "living room")));

        assertThat(branch.tokens()).isEqualTo(1);
        assertThat(embedded.getShape()).isEqualTo(new Shape(2, 1, WIDTH));
        assertThat(difference(embedded.squeeze(1), expected)).isLessThan(1e-6f);
    }

    /** What a branch makes of samples when the gain of its adapter is zero. */
    private NDArray withoutAdapter(GuidanceBranch branch, Sample... samples) {
        host.weights().parameters().stream()
                .filter(each -> each.name().equals("gamma"))
                .forEach(each -> each.array().set(new float[WIDTH]));
        return branch.embed(branch.encode(batch(manager, samples)));
    }

    @Test
    void anEncoderThatTrainsGetsGradients() throws IOException {
        Path templates = Files.writeString(folder.resolve("templates.txt"), "a {}\nthe {}");
        GuidanceBranch branch = new ClassEmbeddingsFactory().create(Branches.trained(templates, "wall", "floor"), host);
        NDArray expected = ClassEmbeddings.compute(
                Branches.encoder(host), List.of("wall", "floor"), Templates.of(Optional.of(templates)), 20, manager);

        NDArray embedded = withoutAdapter(branch, sample("a", Map.of()), sample("b", Map.of()));
        try (Gradients.Recording on = Gradients.record()) {
            Gradients.backward(branch.embed(branch.encode(batch(manager, sample("a", Map.of()))))
                    .square()
                    .sum());
        }

        assertThat(difference(embedded.get(1), expected)).isLessThan(1e-6f);
        assertThat(host.trained()).contains("clip.text_model.embeddings.token_embedding.weight");
        assertThat(host.weights().parameters())
                .filteredOn(each -> each.name().startsWith("clip.") && each.role() == Parameter.Role.TRAINED)
                .isNotEmpty()
                .allSatisfy(each -> assertThat(Gradients.of(each.array())).isPresent());
    }

    @Test
    void scenesThatLeadToNoClassAreTold() {
        GuidanceBranch branch = new ClassEmbeddingsFactory()
                .create(
                        Branches.classes(Optional.empty(), Select.SCENE, SceneMatch.EXACT, "bathroom", "kitchen"),
                        host);

        assertThatThrownBy(() -> branch.encode(batch(manager, sample("img7", Map.of("scene", "kichen")))))
                .isInstanceOf(UserException.class)
                .hasMessage(
                        "class-embeddings: the scene 'kichen' of img7 is none of the 2 classes; the nearest is 'kitchen'");
        assertThatThrownBy(() -> branch.encode(batch(manager, sample("img8", Map.of("caption", "a kitchen")))))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("img8 has no text 'scene'")
                .hasMessageContaining("its texts are [caption]");
    }

    /** As VPD finds them in the names of files: the first name in the list wins. */
    @ParameterizedTest
    @CsvSource({
        "living_room_0012/rgb_3.jpg, 2",
        "study_room_0002, 3",
        "study, 3",
        "office_kitchen_0001b, 6",
        "home_office_0005, 7",
        "office_0003, 25",
        "bookstore_0001j, 26",
        "printer_room_0001, 0",
        "garage_0001, -1"
    })
    void scenesOfNyuAreThoseOfVpd(String scene, int index) {
        assertThat(NyuScenes.NAMES).hasSize(27);
        OptionalInt found = SceneMatch.CONTAINED.find(scene, NyuScenes.NAMES);

        assertThat(found.orElse(-1)).isEqualTo(index);
    }

    @Test
    void exactScenesReachAllOfNyu() {
        for (int i = 0; i < NyuScenes.NAMES.size(); i++) {
            assertThat(SceneMatch.EXACT.find(NyuScenes.NAMES.get(i), NyuScenes.NAMES))
                    .hasValue(i);
        }
    }

    @Test
    void embeddingsOfAFileMustFitTheBackbone() throws IOException {
        Path file = folder.resolve("classes.safetensors");
        ClassEmbeddings.write(file, List.of("table", "floor", "wall"), manager.ones(new Shape(3, 6)), Map.of());

        assertThatThrownBy(() -> new ClassEmbeddingsFactory()
                        .create(Branches.classes(Optional.of(file), Select.ALL, SceneMatch.EXACT), host))
                .isInstanceOf(UserException.class)
                .hasMessageContaining(
                        "class-embeddings: the embeddings in %s are 6 wide, but the backbone takes 8", file);
    }

    @Test
    void embeddingsOfAFileAreTakenByName() throws IOException {
        Path file = folder.resolve("classes.safetensors");
        NDArray rows = manager.randomNormal(new Shape(4, WIDTH));
        ClassEmbeddings.write(file, List.of("table", "lamp", "floor", "wall"), rows, Map.of());

        NDArray encoded = withoutAdapter(
                new ClassEmbeddingsFactory()
                        .create(Branches.classes(Optional.of(file), Select.ALL, SceneMatch.EXACT), host),
                sample("a", Map.of()));

        assertThat(encoded.get("0, 0")).isEqualTo(rows.get(3));
        assertThat(encoded.get("0, 1")).isEqualTo(rows.get(2));
        assertThat(encoded.get("0, 2")).isEqualTo(rows.get(0));
    }

    @Test
    void dataWithoutClassesNeedsNames() {
        Host bare = Host.of(kernels, manager);

        assertThatThrownBy(() -> new ClassEmbeddingsFactory()
                        .create(Branches.classes(Optional.empty(), Select.ALL, SceneMatch.EXACT), bare))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("the data has no classes; set names");
    }

    @Test
    void aCaptionGivesAllTokensOfIt() {
        GuidanceBranch branch = new CaptionFactory()
                .create(Branches.caption(Optional.empty(), "caption", CaptionConfig.Missing.ERROR, false), host);
        Batch batch = batch(
                manager,
                sample("a", Map.of("caption", "a wall and a floor")),
                sample("b", Map.of("caption", "a table")),
                sample("c", Map.of("caption", "a wall and a floor")));

        NDArray embedded = embed(branch, batch);
        NDArray again = embed(branch, batch);

        assertThat(branch.use()).isEqualTo(Use.ALWAYS);
        assertThat(branch.lossWeight()).isEqualTo(0.5);
        assertThat(branch.tokens()).isEqualTo(LENGTH);
        assertThat(embedded.getShape()).isEqualTo(new Shape(3, LENGTH, WIDTH));
        assertThat(difference(embedded.get(0), encoded("a wall and a floor"))).isLessThan(1e-6f);
        assertThat(difference(embedded.get(1), encoded("a table"))).isLessThan(1e-6f);
        assertThat(embedded.get(2)).isEqualTo(embedded.get(0));
        assertThat(again).isEqualTo(embedded);
        assertThat(host.trained()).isEmpty();
    }

    /** More texts than are kept, in a batch and one after the other. */
    @Test
    void forgottenTextsAreEncodedAnew() {
        GuidanceBranch branch = new CaptionFactory()
                .create(Branches.caption(Optional.empty(), "caption", CaptionConfig.Missing.ERROR, false), host);
        Sample[] many = new Sample[300];
        for (int i = 0; i < many.length; i++) {
            many[i] = sample("s" + i, Map.of("caption", "wall " + i));
        }

        NDArray all = embed(branch, batch(manager, many));
        NDArray first = embed(branch, batch(manager, many[0]));

        assertThat(all.getShape()).isEqualTo(new Shape(300, LENGTH, WIDTH));
        assertThat(difference(first.get(0), all.get(0))).isLessThan(1e-6f);
        assertThat(difference(all.get(299), encoded("wall 299"))).isLessThan(1e-6f);
    }

    @Test
    void anyTextOfTheSamplesCanBeTheCaption() {
        GuidanceBranch branch = new CaptionFactory()
                .create(Branches.caption(Optional.empty(), Sample.EXPRESSION, CaptionConfig.Missing.ERROR, true), host);
        Batch batch = batch(manager, sample("a", Map.of("expression", "the left wall", "caption", "a room")));

        assertThat(difference(branch.encode(batch).head().get(0), encoded("the left wall")))
                .isLessThan(1e-6f);
        assertThat(reached(branch, batch))
                .containsExactlyElementsOf(host.trained())
                .contains("gamma");
    }

    @Test
    void missingCaptionsAreAnErrorOrEmpty() throws IOException {
        Path file = Files.writeString(folder.resolve("captions.json"), "{\"b.jpg\": \"a table\"}");
        Batch batch = batch(manager, sample("a", Map.of("scene", "kitchen")));
        CaptionFactory factory = new CaptionFactory();
        GuidanceBranch own =
                factory.create(Branches.caption(Optional.empty(), "caption", CaptionConfig.Missing.ERROR, false), host);
        GuidanceBranch ofFile = factory.create(
                Branches.caption(Optional.of(file), "caption", CaptionConfig.Missing.ERROR, false),
                Host.of(kernels, manager));
        GuidanceBranch lenient = factory.create(
                Branches.caption(Optional.of(file), "caption", CaptionConfig.Missing.EMPTY, false),
                Host.of(kernels, manager));

        assertThatThrownBy(() -> own.encode(batch))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("caption: the picture 'a' has no text 'caption', only [scene].");
        assertThatThrownBy(() -> ofFile.encode(batch))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("caption: %s has no caption for the picture 'a'", file);
        assertThat(difference(lenient.encode(batch).head().get(0), encoded(""))).isLessThan(1e-6f);
    }

    @Test
    void textsNoLongerThanTheEncoderTakes() {
        CaptionConfig longer = new CaptionConfig(
                Optional.empty(),
                "caption",
                CaptionConfig.Missing.ERROR,
                Optional.empty(),
                Optional.empty(),
                Optional.of(LENGTH + 1),
                false,
                1,
                When.TRAINING,
                Optional.empty(),
                Branches.ARCHITECTURE);

        assertThatThrownBy(() -> new CaptionFactory().create(longer, host))
                .isInstanceOf(UserException.class)
                .hasMessage("caption: length is 13, but the text encoder takes 12 tokens at most");
    }

    @Test
    void theTextEncoderMustFitTheBackbone() {
        Host wide = new Host(kernels, host.weights(), 5, 16, host.data());

        assertThatThrownBy(() -> new FixedPromptFactory().create(Branches.fixedPrompt(""), wide))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("fixed-prompt: the text encoder's tokens are 8 wide, but the backbone takes 16");
    }

    @Test
    void learnedPromptsAreTheSameForAllAndTrain() {
        GuidanceBranch branch =
                new LearnedPromptsFactory().create(new LearnedPromptsConfig(500, 0.1, 1, When.TRAINING), host);
        Batch batch = batch(manager, sample("a", Map.of()), sample("b", Map.of()), sample("c", Map.of()));
        NDArray prompts = host.weights().parameters().iterator().next().array();

        NDArray embedded = embed(branch, batch);

        assertThat(branch.use()).isEqualTo(Use.TRAINING);
        assertThat(branch.tokens()).isEqualTo(500);
        assertThat(embedded.getShape()).isEqualTo(new Shape(3, 500, WIDTH));
        assertThat(embedded.get(0)).isEqualTo(prompts);
        assertThat(embedded.get(2)).isEqualTo(prompts);
        // 4000 draws: the deviation of the sample deviation is 0.1 / sqrt(8000) = 0.0011.
        double spread = Math.sqrt(prompts.square().mean().getFloat());
        assertThat(spread).isBetween(0.094, 0.106);
        assertThat(reached(branch, batch)).containsExactly("prompts");
        // d/dp of the sum over 3 samples of p^2 is 6 p.
        NDArray gradient = Gradients.of(prompts).orElseThrow();
        assertThat(difference(gradient, prompts.duplicate().mul(6))).isLessThan(1e-5f);
    }

    @Test
    void aFixedPromptIsEncodedOnceWithoutTraining() {
        GuidanceBranch branch = new FixedPromptFactory().create(Branches.fixedPrompt("a wall"), host);

        NDArray embedded = embed(branch, batch(manager, sample("a", Map.of()), sample("b", Map.of())));

        assertThat(branch.tokens()).isEqualTo(LENGTH);
        assertThat(difference(embedded.get(1), encoded("a wall"))).isLessThan(1e-6f);
        assertThat(host.trained()).isEmpty();
        assertThat(host.weights().parameters()).extracting(Parameter::name).containsExactly("prompt");
    }

    @Test
    void noGuidanceIsZero() {
        GuidanceBranch branch = new NoGuidanceFactory().create(new NoGuidanceConfig(4, 1, When.ALWAYS), host);

        NDArray embedded = embed(branch, batch(manager, sample("a", Map.of()), sample("b", Map.of())));

        assertThat(embedded).isEqualTo(manager.zeros(new Shape(2, 4, WIDTH)));
        assertThat(host.weights().parameters()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"TRAINING, TRAINING", "ORACLE, ORACLE"})
    void labelPromptsAreForTrainingOrAnOracle(LabelPromptConfig.Use wanted, Use use) {
        GuidanceBranch branch = new LabelPromptFactory()
                .create(Branches.labelPrompt("a photo of {labels}", LabelPromptConfig.Tokens.ALL, wanted), host);

        assertThat(branch.use()).isEqualTo(use);
    }

    /** Table covers three pixels, wall two, and one is ignored. */
    @Test
    void labelsAreNamedByTheirArea() {
        GuidanceBranch branch = new LabelPromptFactory()
                .create(
                        Branches.labelPrompt(
                                "a photo of {labels}", LabelPromptConfig.Tokens.ALL, LabelPromptConfig.Use.TRAINING),
                        host);

        NDArray embedded = embed(
                branch, batch(manager, Branches.labelled("a", 0, 2, 2, 0, 255, 2), Branches.labelled("b", 255, 255)));

        assertThat(difference(embedded.get(0), encoded("a photo of table, wall")))
                .isLessThan(1e-6f);
        assertThat(difference(embedded.get(1), encoded(""))).isLessThan(1e-6f);
    }

    /** Start, a photo of, names with commas between, and end are 4 + 2n + 1 tokens: three names do not fit into 10. */
    @Test
    void theSmallestLabelsAreLeftOutOfALongPrompt() {
        Prompt prompt = new Prompt("a photo of {labels}", ", ", List.of("wall", "floor", "table"));
        TextEncoder encoder = Branches.encoder(host);

        String words = prompt.of(Branches.labelled("a", 0, 1, 1, 1, 2, 2), candidate -> encoder.fits(candidate, 9));

        assertThat(words).isEqualTo("a photo of floor, table");
    }

    @Test
    void aSceneCanBeThePrompt() {
        Host depth = new Host(kernels, host.weights(), 5, WIDTH, new DatasetInfo(List.<ClassInfo>of(), 10));
        GuidanceBranch branch = new LabelPromptFactory()
                .create(
                        Branches.labelPrompt(
                                "a photo of a {scene}", LabelPromptConfig.Tokens.POOLED, LabelPromptConfig.Use.ORACLE),
                        depth);

        NDArray embedded = embed(branch, batch(manager, sample("a", Map.of("scene", "kitchen"))));

        NDArray pooled = Branches.encoder(host).pool(List.of("a photo of a kitchen"), LENGTH, manager);
        assertThat(branch.tokens()).isEqualTo(1);
        assertThat(embedded.getShape()).isEqualTo(new Shape(1, 1, WIDTH));
        assertThat(difference(embedded.get(0), pooled)).isLessThan(1e-6f);
    }
}
