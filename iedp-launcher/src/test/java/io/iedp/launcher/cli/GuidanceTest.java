package io.iedp.launcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.iedp.nn.files.SafeTensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every type of guidance on the whole way: train, measure, predict. */
class GuidanceTest {
    private static final String SIZES = "architecture: {length: 8, width: 16, layers: 1, heads: 2}";

    @TempDir
    private Path work;

    private Result train(String guidance, String... more) {
        return Result.of(Stream.concat(
                        Stream.of(
                                "train",
                                CommandsTest.micro(),
                                "output=" + work,
                                "training.steps=2",
                                "evaluation.every=2",
                                "guidance={$replace: {%s}}".formatted(guidance.replace("SIZES", SIZES))),
                        Stream.of(more))
                .toArray(String[]::new));
    }

    private Result predict(String... more) throws IOException {
        Path picture;
        try (Stream<Path> samples = Files.list(work.resolve("micro/samples"))) {
            picture = samples.filter(file -> file.toString().endsWith(".png"))
                    .findFirst()
                    .orElseThrow();
        }
        List<String> first = List.of("predict", work.resolve("micro").toString(), picture.toString());
        return Result.of(Stream.concat(first.stream(), Stream.of(more)).toArray(String[]::new));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "only: {type: class-embeddings, SIZES}",
                "only: {type: learned-prompts, prompts: 5}",
                "only: {type: fixed-prompt, prompt: a room, length: 6, SIZES}",
                "only: none",
                "only: {type: none, tokens: 8}, more: {type: caption, use: training, SIZES}",
                "only: {type: learned-prompts, prompts: 8}, more: {type: label-prompt, adapter: true, SIZES}",
                "only: {type: learned-prompts, prompts: 1}, more: {type: class-embeddings, select: scene, names: [kitchen, bedroom, bathroom, living room, office], use: training, SIZES}"
            })
    void itTrainsAndPredictsWithoutAnyTruth(String guidance) throws IOException {
        Result trained = train(guidance);
        assertThat(trained.code()).as(trained.err()).isZero();

        Result predicted = predict();

        assertThat(predicted.code()).as(predicted.err()).isZero();
    }

    @Test
    void aTextEncoderMayTrainToo() throws IOException {
        Path templates = Files.writeString(work.resolve("templates.txt"), "a photo of a {}");

        Result trained = train(
                "only: {type: class-embeddings, train-encoder: true, templates: '%s', SIZES}".formatted(templates));
        Result predicted = predict();

        assertThat(trained.code()).as(trained.err()).isZero();
        assertThat(predicted.code()).as(predicted.err()).isZero();
        try (SafeTensors checkpoint = SafeTensors.open(work.resolve("micro/checkpoint.safetensors"))) {
            assertThat(checkpoint.names()).anyMatch(name -> name.startsWith("guidance.only.clip.text_model."));
        }
    }

    @Test
    void anEncoderThatTrainsNeedsTemplates() {
        Result trained = train("only: {type: class-embeddings, train-encoder: true, SIZES}");

        assertThat(trained.code()).isEqualTo(2);
        assertThat(trained.err()).contains("templates must name a file with a few");
    }

    @Test
    void captionsAreAskedForAtInference() throws IOException {
        Result trained = train("only: {type: caption, SIZES}");
        assertThat(trained.code()).as(trained.err()).isZero();

        Result without = predict();
        Result with = predict("--text", "caption=a small kitchen");

        assertThat(without.code()).isEqualTo(2);
        assertThat(without.err()).contains("has no text 'caption'");
        assertThat(with.code()).as(with.err()).isZero();
    }

    @Test
    void anOracleIsMeasuredButDoesNotPredict() throws IOException {
        Result trained = train("only: {type: label-prompt, use: oracle, SIZES}");
        assertThat(trained.code()).as(trained.err()).isZero();
        assertThat(Files.readAllLines(work.resolve("micro/metrics.csv"))).hasSize(2);

        Result predicted = predict();

        assertThat(predicted.code()).isEqualTo(2);
        assertThat(predicted.err()).contains("is an oracle", "but not predict");
    }

    @Test
    void trainedPartsAreKeptInTheCheckpoint() {
        Result trained = train("vpd: {type: class-embeddings, SIZES}");
        assertThat(trained.code()).as(trained.err()).isZero();

        try (SafeTensors checkpoint = SafeTensors.open(work.resolve("micro/checkpoint.safetensors"))) {
            assertThat(checkpoint.names())
                    .contains(
                            "guidance.vpd.gamma",
                            "guidance.vpd.text_adapter.fc.0.weight",
                            "guidance.vpd.text_adapter.fc.2.bias",
                            "guidance.vpd.class_embeddings")
                    .noneMatch(name -> name.contains("text_model"));
        }
    }

    @Test
    void branchesThatDisagreeAboutTokensAreTold() {
        Result trained = train("implicit: {type: learned-prompts, prompts: 5}, explicit: {type: label-prompt, SIZES}");

        assertThat(trained.code()).isEqualTo(2);
        assertThat(trained.err()).contains("implicit gives 5, explicit gives 8");
    }
}
