package io.iedp.launcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.iedp.nn.files.SafeTensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The parts of a text-to-image model, trained one after the other, and used. */
class PretrainingTest {
    private static final String SIZES =
            "{channels: [8, 16], plain-levels: 0, heads: 2, layers: 1, context-width: 16, groups: 4, "
                    + "vae-channels: [8, 16], vae-layers: 1, latent-channels: 4}";

    private static final String DATA = """
            data:
              train: {type: rooms, count: 12, width: 32, height: 24, captions: varied}
              val: {type: rooms, count: 5, start: 100, width: 32, height: 24, captions: varied}
            training: {steps: 2, batch: 4, learning-rate: 1e-3, average: 0.9}
            report: {samples: 1}
            """;

    @TempDir
    private static Path shared;

    @TempDir
    private Path work;

    @BeforeAll
    static void trainAllParts() throws IOException {
        train("vae", "{type: autoencoding, architecture: %s}".formatted(SIZES));
        train(
                "clip",
                "{type: contrastive, loss: softmax, positives: classes, class-names: 1, width: 8, text: {length: 24, width: 16, layers: 1, heads: 2}, "
                        + "image: {image-size: 16, patch: 8, width: 16, layers: 1, heads: 2}}");
        train("diffusion", denoising());
    }

    private static String denoising() {
        return "{type: denoising, vae: '%s', text: '%s', prediction: v-prediction, min-snr: 5, drawing: {steps: 2}, architecture: %s}"
                .formatted(weights("vae"), weights("clip"), SIZES);
    }

    private static Path weights(String name) {
        return shared.resolve(name).resolve("weights");
    }

    private static void train(String name, String objective) throws IOException {
        Result result = train(file(shared, name, objective), shared);
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out()).contains("What was learned is in " + weights(name));
    }

    private static Path file(Path folder, String name, String objective) throws IOException {
        return Files.writeString(
                folder.resolve(name + ".yaml"), "name: %s\nobjective: %s\n%s".formatted(name, objective, DATA));
    }

    private static Result train(Path file, Path output, String... more) {
        List<String> arguments = new ArrayList<>(List.of("train", file.toString(), "output=" + output));
        arguments.addAll(List.of(more));
        return Result.of(arguments.toArray(String[]::new));
    }

    @Test
    void whatIsLearnedDrawsPicturesOfItsSize() throws IOException {
        for (String folder : List.of("first", "second")) {
            Result result = Result.of(
                    "generate",
                    weights("diffusion").toString(),
                    "--prompt",
                    "a room with a bed",
                    "--steps",
                    "2",
                    "--to",
                    work.resolve(folder).toString());
            assertThat(result.code()).as(result.err()).isZero();
            assertThat(result.out()).contains("of 32x24 in 2 steps");
        }
        assertThat(work.resolve("first/0001.png")).hasSameBinaryContentAs(work.resolve("second/0001.png"));
    }

    @Test
    void whatIsLearnedGuidesAModelThatPredicts() throws IOException {
        Path file = Files.writeString(
                work.resolve("predicts.yaml"),
                """
                name: predicts
                backbone: {type: stable-diffusion, weights: '%s'}
                guidance:
                  implicit: {type: clip-image, weights: '%s', queries: 4, heads: 2}
                  explicit: {type: label-prompt, weights: '%s', length: 4}
                head: {type: semantic-fpn, channels: 8}
                task: semantic-segmentation
                """.formatted(
                                        weights("diffusion"),
                                        weights("clip").resolve("clip"),
                                        weights("clip").resolve("clip"))
                        + DATA);

        Result result = Result.of("train", file.toString(), "--dry-run");

        assertThat(result.code()).as(result.err()).isZero();
    }

    @Test
    void aDenoiserGoesOnFromAWholeModel() throws IOException {
        Path file = file(
                work,
                "tuned",
                "{type: denoising, weights: '%s', gradient-checkpointing: true, drawing: {steps: 2}, architecture: {groups: 4}}"
                        .formatted(weights("diffusion")));

        Result result = train(file, work);

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(work.resolve("tuned/weights/scheduler/scheduler_config.json"))
                .hasSameTextualContentAs(weights("diffusion").resolve("scheduler/scheduler_config.json"));
        assertThat(work.resolve("tuned/weights/vae/diffusion_pytorch_model.safetensors"))
                .hasSameBinaryContentAs(weights("diffusion").resolve("vae/diffusion_pytorch_model.safetensors"));
    }

    /** An array of bfloat16 that reaches an operation which does not know it would end the process. */
    @ParameterizedTest
    @ValueSource(strings = {"vae", "clip", "diffusion"})
    void productsCanBeInSixteenBits(String name) throws IOException {
        Path file = Files.copy(shared.resolve(name + ".yaml"), work.resolve(name + ".yaml"));

        Result result = train(file, work, "precision=bf16");

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(metrics(name, work)).doesNotContain("NaN");
        assertThat(Files.mismatch(checkpoint(name, work), checkpoint(name, shared)))
                .isNotNegative();
    }

    @Test
    void attentionToWordsIsMeasuredWithTheLoss() throws IOException {
        assertThat(metrics("diffusion", shared)).contains("attention AUC", "loss saved by captions");
        assertThat(shared.resolve("diffusion/index.html"))
                .content()
                .contains("Attention to the names of classes", "<td>floor</td>");
    }

    @Test
    void shuffledCaptionsTeachSomethingElse() throws IOException {
        Result result = train(file(work, "twin", denoising()), work, "objective.captions=shuffled");

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out()).contains("captions is shuffled, so no picture is trained with its own caption");
        assertThat(metrics("twin", work)).isNotEqualTo(metrics("diffusion", shared));
    }

    private static Path checkpoint(String name, Path folder) {
        return folder.resolve(name).resolve("checkpoint.safetensors");
    }

    private static String metrics(String name, Path folder) throws IOException {
        return Files.readString(folder.resolve(name).resolve("metrics.csv"));
    }

    @Test
    void theFrozenPartsAreThoseThatWereLearnedBefore() {
        for (String part : List.of("vae/diffusion_pytorch_model", "text_encoder/model")) {
            String from = part.startsWith("vae") ? "vae" : "clip";
            assertThat(weights("diffusion").resolve(part + ".safetensors"))
                    .hasSameBinaryContentAs(weights(from).resolve(part + ".safetensors"));
        }
        try (SafeTensors unet =
                SafeTensors.open(weights("diffusion").resolve("unet/diffusion_pytorch_model.safetensors"))) {
            assertThat(unet.names())
                    .contains("conv_in.weight", "mid_block.attentions.0.proj_in.weight", "conv_out.bias");
        }
    }

    @Test
    void aStoppedTrainingEndsAsOneThatWasLeftAlone() throws IOException {
        Path file = file(work, "again", denoising());
        Path cache = work.resolve("cache");
        String[] settings = {"training.steps=4", "cache.folder=" + cache, "checkpoint.every=2"};
        assertThat(train(file, work.resolve("whole"), settings).code()).isZero();
        List<String> part = new ArrayList<>(List.of(settings));
        part.add("--limit-batches=2");
        assertThat(train(file, work.resolve("parts"), part.toArray(String[]::new))
                        .code())
                .isZero();
        part.set(part.size() - 1, "--resume");

        Result result = train(file, work.resolve("parts"), part.toArray(String[]::new));

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(work.resolve("parts/again/checkpoint.safetensors"))
                .hasSameBinaryContentAs(work.resolve("whole/again/checkpoint.safetensors"));
        assertThat(cache).isNotEmptyDirectory();
    }

    @Test
    void whoeverWantsPredictionsOfAnObjectiveIsToldWhatThereIs() {
        Result result = Result.of("predict", shared.resolve("vae").toString(), "picture.png");

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains("learns an objective, so it has no model that predicts");
    }

    @Test
    void samplesWithoutACaptionAreFoundBeforeTraining() throws IOException {
        Path file = file(work, "mute", denoising());
        Path pictures = Files.createDirectories(work.resolve("pictures"));
        Result exported = Result.of(
                "data",
                "export",
                "rooms",
                pictures.toString(),
                "train.count=4",
                "train.width=32",
                "train.height=24",
                "val.count=2",
                "val.width=32",
                "val.height=24");
        assertThat(exported.code()).as(exported.err()).isZero();
        Files.delete(pictures.resolve("captions.csv"));

        Result result = train(
                file,
                work,
                "data.train={$replace: {type: folder, root: '%s', split: training}}".formatted(pictures),
                "data.val={$replace: {type: folder, root: '%s', split: validation}}".formatted(pictures));

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains("denoising learns from captions, but there is none");
    }

    @Test
    void partsThatDoNotGoTogetherAreRefused() throws IOException {
        Path wide = file(work, "wide", denoising().replace("context-width: 16", "context-width: 8"));
        Path alone = file(work, "alone", "{type: denoising, architecture: %s}".formatted(SIZES));

        assertThat(train(wide, work).err())
                .contains("denoising: the UNet takes texts that are 8 wide, but the text encoder's are 16");
        assertThat(train(alone, work).err()).contains("the key 'vae' is missing");
    }
}
