package io.iedp.pretraining;

import io.iedp.api.command.Positional;
import io.iedp.api.config.Default;
import io.iedp.api.config.Doc;
import io.iedp.api.config.Range;
import io.iedp.api.config.RequiredUnless;
import io.iedp.api.config.WeightParts;
import io.iedp.api.nn.WeightsPath;
import java.nio.file.Path;
import java.util.Optional;

/** The settings of {@code iedp generate}. */
public record GenerateConfig(
        @Positional("WEIGHTS")
        @Doc(
                "A whole Stable Diffusion: a diffusers folder with unet/, vae/, text_encoder/, tokenizer/ and scheduler/, or a single "
                        + "file, .safetensors or .ckpt, with a tokenizer.")
        @WeightParts({"unet", "vae", "text_encoder", "tokenizer", "scheduler"})
        WeightsPath weights,

        @Doc("What the pictures show; what goes beyond the text encoder's tokens is cut.") @RequiredUnless("prompts")
        Optional<String> prompt,

        @Doc(
                "A file with a prompt on each line instead; captions.csv in the folder says which picture was drawn from which.")
        Optional<Path> prompts,

        @Doc("What the pictures are led away from.") @Default("''")
        String negative,

        @Doc("Steps from noise to a picture.") @Default("30") @Range(min = 1, max = 1000)
        int steps,

        @Doc("How far the prompt leads; 1 asks the UNet once a step, without the negative prompt.")
        @Default("7.5")
        @Range(min = 1, max = 1000)
        double scale,

        @Doc(
                "How much of the contrast that a large scale adds is taken back; 0.7 for models whose schedule ends without signal.")
        @Default("0")
        @Range(min = 0, max = 1)
        double rescale,

        @Doc("Of the noise that the first picture starts from; each further picture has the next number.") @Default("0")
        long seed,

        @Doc("Width and height in pixels, as in 768x512; without it, what the UNet was trained on, or 512x512.")
        Optional<String> size,

        @Doc("How many pictures of each prompt.") @Default("1") @Range(min = 1, max = 100_000)
        int count,

        @Doc("The folder for the pictures, which are numbered on from those that are in it.") @Default("generated")
        Path to,

        @Doc("A PNG file that shows all pictures of this call side by side, row by row.")
        Optional<Path> sheet,

        @Doc(
                "One of ddim, dpm++, euler, euler-a, pndm, unipc and lcm; without it, the one in the weights' scheduler_config.json, or ddim.")
        Optional<String> sampler,

        @Doc("How much noise the sampler ddim adds in its steps: 0 for none, 1 for as much as DDPM.")
        @Default("0")
        @Range(min = 0, max = 1)
        double eta,

        @Doc(
                "What the UNet predicts; without it, what scheduler_config.json says, or epsilon. v-prediction for single files of "
                        + "Stable Diffusion 2 at 768 pixels.")
        Optional<Prediction> prediction,

        @Doc("A folder with tokenizer.json, or with vocab.json and merges.txt; without it, the one beside the weights.")
        @WeightParts("tokenizer")
        Optional<WeightsPath> tokenizer) {
    public GenerateConfig {
        size.ifPresent(PictureSize::parse);
        sampler.ifPresent(GenerateConfig::kind);
        sheet.filter(file -> !file.toString().endsWith(".png")).ifPresent(file -> {
            throw new IllegalArgumentException("the sheet is a PNG file, so its name must end in .png, not " + file);
        });
        if (prompt.isPresent() && prompts.isPresent()) {
            throw new IllegalArgumentException("there are both prompt and prompts; one of them says what to draw");
        }
    }

    /** The sampler that is asked for. */
    Optional<SamplerKind> kind() {
        return sampler.map(GenerateConfig::kind);
    }

    private static SamplerKind kind(String id) {
        return SamplerKind.ofId(id)
                .orElseThrow(() -> new IllegalArgumentException(
                        "there is no sampler '%s'; there are %s".formatted(id, SamplerKind.ids())));
    }
}
