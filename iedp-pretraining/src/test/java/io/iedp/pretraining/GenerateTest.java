package io.iedp.pretraining;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import com.google.gson.Gson;
import io.iedp.api.UserException;
import io.iedp.api.command.CommandContext;
import io.iedp.api.data.RgbImage;
import io.iedp.api.nn.Kernels;
import io.iedp.api.nn.WeightsPath;
import io.iedp.io.image.ImageFiles;
import io.iedp.nn.testing.Goldens;
import io.iedp.nn.testing.TorchTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class GenerateTest extends TorchTest {
    @TempDir
    private static Path weights;

    @TempDir
    private Path folder;

    /** As a command line would set it. */
    private static final class Settings {
        private Path model = weights;
        private Path to;
        private String prompt = "a red chair";
        private String negative = "";
        private int steps = 3;
        private double scale = 7.5;
        private long seed;
        private Optional<String> size = Optional.empty();
        private int count = 1;
        private Optional<Path> sheet = Optional.empty();
        private Optional<String> sampler = Optional.empty();
        private double eta;
        private Optional<Prediction> prediction = Optional.empty();
        private Optional<Path> prompts = Optional.empty();
        private Optional<Path> tokenizer = Optional.empty();

        Settings(Path to) {
            this.to = to;
        }

        GenerateConfig config() {
            return new GenerateConfig(
                    WeightsPath.of(model),
                    prompts.isPresent() ? Optional.empty() : Optional.of(prompt),
                    prompts,
                    negative,
                    steps,
                    scale,
                    0,
                    seed,
                    size,
                    count,
                    to,
                    sheet,
                    sampler,
                    eta,
                    prediction,
                    tokenizer.map(WeightsPath::of));
        }
    }

    private record Context(Kernels kernels, NDManager manager, List<String> lines, List<String> progress)
            implements CommandContext {
        @Override
        public void say(String line) {
            lines.add(line);
        }

        @Override
        public void table(List<String> columns, List<List<String>> rows) {
            throw new AssertionError("This command prints no table");
        }

        @Override
        public void advanced(String what, int done, int of) {
            progress.add("%s %s of %s".formatted(what, done, of));
        }

        @Override
        public <T> T host(Class<T> part) {
            throw new AssertionError("This command needs the API alone");
        }
    }

    @BeforeAll
    static void write() throws IOException {
        SmallStableDiffusion.write(weights, manager, kernels);
    }

    private static Context run(Settings settings) {
        try (NDManager own = manager.newSubManager()) {
            Context context = new Context(kernels, own, new ArrayList<>(), new ArrayList<>());
            assertThat(new Generate().create(settings.config(), context).run()).isZero();
            return context;
        }
    }

    private Settings settings(String to) {
        return new Settings(folder.resolve(to));
    }

    private static byte[] first(Settings settings) throws IOException {
        run(settings);
        return Files.readAllBytes(settings.to.resolve("0001.png"));
    }

    @Test
    void aSheetShowsAllPictures() {
        Settings settings = settings("many");
        settings.count = 3;
        settings.sheet = Optional.of(folder.resolve("sheet.png"));

        assertThat(run(settings).lines()).contains(folder.resolve("sheet.png") + " shows all of them.");

        RgbImage sheet = ImageFiles.readRgb(folder.resolve("sheet.png"));
        for (int i = 0; i < 3; i++) {
            RgbImage picture = ImageFiles.readRgb(settings.to.resolve("000%s.png".formatted(i + 1)));
            int x = i % 2 * (picture.width() + 4);
            int y = i / 2 * (picture.height() + 4);
            assertThat(sheet.rgb(x, y)).isEqualTo(picture.rgb(0, 0));
            assertThat(sheet.rgb(x + picture.width() - 1, y + picture.height() - 1))
                    .isEqualTo(picture.rgb(picture.width() - 1, picture.height() - 1));
        }
    }

    @Test
    void aSheetThatCannotBeWrittenIsSaidBeforehand() {
        Settings settings = settings("none");
        settings.sheet = Optional.of(folder.resolve("missing/sheet.png"));
        assertThatThrownBy(() -> run(settings))
                .isInstanceOf(UserException.class)
                .hasMessage("There is no folder %s for --sheet", folder.resolve("missing"));
        assertThat(settings.to.resolve("0001.png")).doesNotExist();
        settings.sheet = Optional.of(folder.resolve("sheet.jpg"));
        assertThatThrownBy(settings::config).hasMessageContaining("must end in .png, not ");
    }

    @Test
    void picturesAreNumberedAndSaid() {
        Settings settings = settings("new/pictures");
        settings.count = 2;
        settings.seed = 41;

        Context context = run(settings);

        // PNDM, which the weights name, asks once more than there are steps.
        assertThat(context.lines)
                .containsExactly(
                        "Drawing 2 pictures of 16x16 in 3 steps of pndm ...",
                        "%s has the seed 41.".formatted(settings.to.resolve("0001.png")),
                        "%s has the seed 42.".formatted(settings.to.resolve("0002.png")));
        assertThat(context.progress).hasSize(8).startsWith("drawing 1 of 8").endsWith("drawing 8 of 8");
        RgbImage picture = ImageFiles.readRgb(settings.to.resolve("0002.png"));
        assertThat(picture.width()).isEqualTo(16);
        assertThat(picture.height()).isEqualTo(16);
    }

    @Test
    void theSeedDecidesEveryByte() throws IOException {
        Settings two = settings("two");
        two.count = 2;
        run(two);
        Settings second = settings("second");
        second.seed = 1;

        byte[] alone = first(second);

        assertThat(alone).isEqualTo(Files.readAllBytes(two.to.resolve("0002.png")));
        assertThat(alone).isNotEqualTo(Files.readAllBytes(two.to.resolve("0001.png")));
        assertThat(first(settings("again"))).isEqualTo(Files.readAllBytes(two.to.resolve("0001.png")));
    }

    @Test
    void eachLineOfAFileIsAPrompt() throws IOException {
        Settings settings = settings("lines");
        settings.count = 2;
        settings.prompts = Optional.of(Files.writeString(folder.resolve("prompts.txt"), "a lamp\n\n  a bed, a rug \n"));

        Context context = run(settings);

        assertThat(context.lines).startsWith("Drawing 4 pictures of 16x16 in 3 steps of pndm ...");
        assertThat(settings.to.resolve("captions.csv"))
                .hasContent("name,caption\n0001,a lamp\n0002,a lamp\n0003,\"a bed, a rug\"\n0004,\"a bed, a rug\"\n");
        Settings alone = settings("alone");
        alone.prompt = "a bed, a rug";
        alone.seed = 2;
        assertThat(first(alone)).isEqualTo(Files.readAllBytes(settings.to.resolve("0003.png")));

        settings.prompts = Optional.of(Files.writeString(folder.resolve("blank.txt"), " \n"));
        assertThatThrownBy(() -> run(settings))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("blank.txt has no prompt");
    }

    @Test
    void earlierPicturesStay() throws IOException {
        Settings settings = settings("pictures");
        byte[] before = first(settings);
        Files.writeString(settings.to.resolve("0007.png"), "another");
        Files.writeString(settings.to.resolve("x0009.png"), "no number");
        settings.prompt = "a lamp";

        assertThat(run(settings).lines).contains("%s has the seed 0.".formatted(settings.to.resolve("0008.png")));
        assertThat(Files.readAllBytes(settings.to.resolve("0001.png"))).isEqualTo(before);
        assertThat(settings.to.resolve("0007.png")).hasContent("another");
    }

    @ParameterizedTest
    @EnumSource
    void everySamplerDraws(SamplerKind kind) throws IOException {
        Settings settings = settings(kind.name());
        settings.sampler = Optional.of(kind.id());

        assertThat(run(settings).lines)
                .startsWith("Drawing a picture of 16x16 in 3 steps of %s ...".formatted(kind.id()));
        RgbImage picture = ImageFiles.readRgb(settings.to.resolve("0001.png"));
        assertThat(picture.pixels()).containsAnyOf((byte) 100, (byte) 120, (byte) 140, (byte) 160, (byte) 80);
    }

    @ParameterizedTest
    @ValueSource(strings = {"prompt", "negative", "scale", "steps", "eta", "prediction"})
    void everythingHasAnEffect(String what) throws IOException {
        Settings usual = settings("usual");
        usual.sampler = Optional.of("ddim");
        Settings other = settings("other");
        other.sampler = Optional.of("ddim");
        switch (what) {
            case "prompt" -> other.prompt = "a window";
            case "negative" -> other.negative = "a window";
            case "scale" -> other.scale = 1;
            case "steps" -> other.steps = 4;
            case "eta" -> other.eta = 1;
            default -> other.prediction = Optional.of(Prediction.V_PREDICTION);
        }
        first(usual);
        first(other);

        assertThat(ImageFiles.readRgb(other.to.resolve("0001.png")).pixels())
                .isNotEqualTo(ImageFiles.readRgb(usual.to.resolve("0001.png")).pixels());
    }

    @Test
    void sizesAreWidthAndHeight() {
        Settings settings = settings("wide");
        settings.size = Optional.of("24x8");

        run(settings);

        RgbImage picture = ImageFiles.readRgb(settings.to.resolve("0001.png"));
        assertThat(picture.width()).isEqualTo(24);
        assertThat(picture.height()).isEqualTo(8);
    }

    @Test
    void picturesSayHowTheyWereMade() throws IOException {
        Settings settings = settings("said");
        settings.prompt = "ein grüner Stuhl";
        settings.negative = "слепой";

        String bytes = new String(first(settings), StandardCharsets.ISO_8859_1);

        assertThat(bytes)
                .contains(
                        "tEXtprompt\0ein grüner Stuhl", "tEXtseed\0" + "0", "tEXtsteps\0" + "3", "tEXtscale\0" + "7.5")
                .contains("tEXtsampler\0pndm", "tEXtsize\0" + "16x16", "tEXtweights\0" + weights.getFileName())
                .contains("iTXtnegative\0\0\0\0\0"
                        + new String("слепой".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
    }

    @Test
    void whatIsCutOffAPromptIsSaid() throws IOException {
        Settings settings = settings("long");
        settings.prompt = "x ".repeat(14) + "seen not seen";
        settings.negative = "y ".repeat(20_000);

        List<String> lines = run(settings).lines;

        assertThat(lines)
                .contains(
                        "The prompt has more than the 16 tokens that the text encoder takes. This is left out: seen not seen");
        assertThat(lines.get(1))
                .startsWith(
                        "The negative prompt has more than the 16 tokens that the text encoder takes. This is left out: y y")
                .endsWith(" ... (39971 letters)")
                .hasSizeLessThan(500);
        Settings kept = settings("kept");
        kept.prompt = "x ".repeat(14);
        kept.negative = settings.negative;
        run(kept);
        assertThat(ImageFiles.readRgb(kept.to.resolve("0001.png")).pixels())
                .isEqualTo(ImageFiles.readRgb(settings.to.resolve("0001.png")).pixels());
    }

    @Test
    void withoutAScheduleItIsStableDiffusions() throws IOException {
        Path copy = copy(folder.resolve("plain"));
        Files.delete(copy.resolve("scheduler/scheduler_config.json"));
        Settings settings = settings("pictures");
        settings.model = copy;

        assertThat(run(settings).lines).startsWith("Drawing a picture of 16x16 in 3 steps of ddim ...");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "unet/config.json | unet/ of a model",
                "vae/config.json | vae/ of a model",
                "text_encoder/config.json | text_encoder/ of a model"
            })
    void whatIsMissingIsSaid(String file, String message) throws IOException {
        Path copy = copy(folder.resolve("copy"));
        Files.delete(copy.resolve(file));
        Settings settings = settings("pictures");
        settings.model = copy;

        assertThatThrownBy(() -> run(settings))
                .isInstanceOf(UserException.class)
                .hasMessage(
                        "%s has no %s in it. It must be a whole Stable Diffusion: a diffusers folder with unet/, vae/, text_encoder/ and tokenizer/, or a single file, .safetensors or .ckpt, with the folder of its tokenizer.",
                        copy, message);
        assertThat(settings.to).doesNotExist();
    }

    @Test
    void aTokenizerMayBeElsewhere() throws IOException {
        Path copy = copy(folder.resolve("copy"));
        Files.move(copy.resolve("tokenizer"), folder.resolve("words"));
        Settings settings = settings("pictures");
        settings.model = copy;

        assertThatThrownBy(() -> run(settings)).hasMessageContaining("has no tokenizer/ of a model in it");
        settings.tokenizer = Optional.of(folder.resolve("words"));
        assertThat(first(settings)).isNotEmpty();
    }

    @Test
    void anAutoencoderNeedsItsDecoder() throws IOException {
        Path copy = copy(folder.resolve("copy"));
        Path vae = copy.resolve("vae/diffusion_pytorch_model.safetensors");
        Files.copy(copy.resolve("unet/diffusion_pytorch_model.safetensors"), vae, StandardCopyOption.REPLACE_EXISTING);
        Settings settings = settings("pictures");
        settings.model = copy;

        assertThatThrownBy(() -> run(settings))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("has no decoder, without which latents become no pictures");
    }

    @Test
    void modelsOfOtherWidthsOrChannelsAreRefused() throws IOException {
        Path copy = copy(folder.resolve("copy"));
        Settings settings = settings("pictures");
        settings.model = copy;
        Path unet = copy.resolve("unet/config.json");
        String config = Files.readString(unet);

        Files.writeString(unet, config.replace("\"cross_attention_dim\": 8", "\"cross_attention_dim\": 12"));
        assertThatThrownBy(() -> run(settings))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("the text encoder's tokens are 8 wide, but the UNet takes 12");
        Files.writeString(unet, config.replace("{", "{\"in_channels\": 9,"));
        assertThatThrownBy(() -> run(settings))
                .isInstanceOf(UserException.class)
                .hasMessageContaining(
                        "the UNet takes 9 channels and gives 4, but the autoencoder's latents have 4. A model for inpainting");
    }

    @Test
    void badSettingsAreRefused() {
        Settings settings = settings("pictures");
        settings.size = Optional.of("18x16");
        assertThatThrownBy(() -> run(settings))
                .isInstanceOf(UserException.class)
                .hasMessage(
                        "size is 18x16, but this model draws edges that are multiples of 4 pixels: the nearest are 16x16 and 20x16.");
        settings.size = Optional.of("16");
        assertThatThrownBy(() -> run(settings))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("size must be width and height in pixels, as in 768x512, not '16'");
        settings.size = Optional.of("16x9999");
        assertThatThrownBy(() -> run(settings)).hasMessageContaining("both edges must have 1 to 8192 pixels");
        settings.size = Optional.empty();
        settings.sampler = Optional.of("dpm");
        assertThatThrownBy(() -> run(settings))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("there is no sampler 'dpm'; there are ddim, dpm++, euler, euler-a, pndm, unipc, lcm");
        settings.sampler = Optional.of("lcm");
        settings.steps = 60;
        assertThatThrownBy(() -> run(settings))
                .isInstanceOf(UserException.class)
                .hasMessage(
                        "%s: 60 steps are wanted of the sampler lcm, which can do 1 to 50 with this schedule",
                        weights.resolve("scheduler/scheduler_config.json"));
        settings.eta = 0.5;
        assertThatThrownBy(() -> run(settings))
                .isInstanceOf(UserException.class)
                .hasMessage("eta is 0.5, but only the sampler ddim has such noise, and this is lcm.");
        settings.model = folder.resolve("nowhere");
        assertThatThrownBy(() -> run(settings)).hasMessageStartingWith("There is no %s.", settings.model);
        assertThat(settings.to).doesNotExist();
    }

    @Test
    void aFileIsNoFolderForPictures() throws IOException {
        Settings settings = settings("file");
        Files.writeString(settings.to, "");
        assertThatThrownBy(() -> run(settings))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith("%s cannot be a folder for pictures", settings.to);
    }

    @Test
    void aSingleFileHasAllButTheTokenizer() throws IOException {
        Settings settings = settings("pictures");
        settings.model = Goldens.folder("b_ldm_ckpt").resolve("sd-mini.safetensors");
        settings.size = Optional.of("64x64");
        assertThatThrownBy(() -> run(settings))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("is a single file, which has no vocabulary in it");

        settings.tokenizer = Optional.of(letters());
        assertThat(run(settings).lines).startsWith("Drawing a picture of 64x64 in 3 steps of ddim ...");
        assertThat(ImageFiles.readRgb(settings.to.resolve("0001.png")).height()).isEqualTo(64);
    }

    /** A tokenizer whose words are single letters, as the small text encoder has room for. */
    private Path letters() throws IOException {
        Map<String, Integer> words = new LinkedHashMap<>();
        SmallStableDiffusion.vocabulary().keySet().stream()
                .filter(word -> word.replace("</w>", "").length() == 1)
                .forEach(word -> words.put(word, words.size()));
        words.put("<|startoftext|>", 598);
        words.put("<|endoftext|>", 599);
        Path tokenizer = Files.createDirectory(folder.resolve("letters"));
        Files.writeString(tokenizer.resolve("vocab.json"), new Gson().toJson(words));
        Files.writeString(tokenizer.resolve("merges.txt"), "#version: 0.2\n");
        return tokenizer;
    }

    private static Path copy(Path to) throws IOException {
        try (Stream<Path> files = Files.walk(weights)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(weights.relativize(file).toString()));
            }
        }
        return to;
    }
}
