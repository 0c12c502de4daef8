package io.iedp.pretraining.objective;

import io.iedp.api.config.Default;
import io.iedp.api.config.Doc;
import io.iedp.api.config.Range;
import io.iedp.api.config.RequiredUnless;
import io.iedp.api.config.WeightParts;
import io.iedp.api.nn.WeightsPath;
import io.iedp.backbone.StableDiffusionConfig.Architecture;
import io.iedp.pretraining.Prediction;
import java.util.Optional;

/** What an experiment file says about the objective {@code denoising}. */
public record DenoisingConfig(
        @Doc(
                "A Stable Diffusion to train on: a diffusers folder, or a single file. Without it, the UNet begins with random weights, and vae and text name the other parts.")
        @WeightParts({"unet", "vae", "text_encoder", "tokenizer", "scheduler"})
        Optional<WeightsPath> weights,

        @Doc(
                "The autoencoder, which stays as it is: a folder with vae/ in it, such as what the objective autoencoding leaves; without it, that of weights.")
        @RequiredUnless("weights")
        @WeightParts("vae")
        Optional<WeightsPath> vae,

        @Doc(
                "The text encoder, which stays as it is: a folder with text_encoder/ and tokenizer/ in it, such as what the objective contrastive leaves; without it, that of weights.")
        @RequiredUnless("weights")
        @WeightParts({"text_encoder", "tokenizer"})
        Optional<WeightsPath> text,

        @Doc("The tokenizer's folder; without it, it is beside the text encoder.") @WeightParts("tokenizer")
        Optional<WeightsPath> tokenizer,

        @Doc(
                "What the UNet predicts: the noise (epsilon), the velocity (v-prediction) or the clean latents (sample); without it, what weights say, or else epsilon.")
        Optional<Prediction> prediction,

        @Doc(
                "From which ratio of signal to noise on timesteps count less (min-SNR; 5 in its paper); 0 counts all alike.")
        @Default("0")
        @Range(min = 0, max = 1e6)
        double minSnr,

        @Doc(
                "Share of the captions that are left out, so that the model learns to draw without a text too, which guidance at sampling needs.")
        @Default("0.1")
        @Range(min = 0, max = 1)
        double captionDropout,

        @Doc(
                "Which captions pictures are trained with: their own (matched), or, to measure what language is worth, those of others of the batch (shuffled).")
        @Default("matched")
        Captions captions,

        @Doc(
                "Whether the insides of the UNet's blocks are computed again in the backward pass instead of kept: much less memory, for the time of one more forward pass.")
        @Default("false")
        boolean gradientCheckpointing,

        @Doc("The noise when there is no scheduler of weights.") @Default("{}")
        Noise noise,

        @Doc("Sizes of the UNet when its weights are random; those of the autoencoder do not count.") @Default("{}")
        Architecture architecture,

        @Doc("How the pictures of the report are drawn from the captions of validation samples.") @Default("{}")
        Drawing drawing) {
    /** Which captions pictures are trained with. */
    public enum Captions {
        MATCHED,
        SHUFFLED
    }

    /** The noise of timesteps; the defaults are those of Stable Diffusion. */
    public record Noise(
            @Doc("Number of timesteps.") @Default("1000") @Range(min = 1, max = 10_000)
            int timesteps,

            @Doc("The variance of the noise that the first timestep adds.")
            @Default("0.00085")
            @Range(min = 1e-9, max = 0.99)
            double first,

            @Doc("The variance of the noise that the last timestep adds.")
            @Default("0.012")
            @Range(min = 1e-9, max = 0.99)
            double last) {}

    /** How pictures are drawn. */
    public record Drawing(
            @Doc("Steps of DDIM.") @Default("25") @Range(min = 1, max = 1000)
            int steps,

            @Doc("How far a picture follows its caption; 1 is without guidance.")
            @Default("5")
            @Range(min = 1, max = 100)
            double scale) {}
}
