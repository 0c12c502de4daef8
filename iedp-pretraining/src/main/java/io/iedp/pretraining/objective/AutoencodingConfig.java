package io.iedp.pretraining.objective;

import io.iedp.api.config.Default;
import io.iedp.api.config.Doc;
import io.iedp.api.config.Range;
import io.iedp.api.config.WeightParts;
import io.iedp.api.nn.WeightsPath;
import io.iedp.backbone.StableDiffusionConfig.Architecture;
import java.util.Optional;

/** What an experiment file says about the objective {@code autoencoding}. */
public record AutoencodingConfig(
        @Doc(
                "A Stable Diffusion whose autoencoder is trained on: a diffusers folder or a single file; without it, training begins with random weights.")
        @WeightParts("vae")
        Optional<WeightsPath> weights,

        @Doc("Factor of the mean absolute difference of the pixels, which are from -1 to 1.")
        @Default("1")
        @Range(min = 0, max = 1e6)
        double absolute,

        @Doc("Factor of the mean squared difference of the pixels.") @Default("0.5") @Range(min = 0, max = 1e6)
        double squared,

        @Doc(
                "Factor of the mean absolute difference of the pixels' differences from their neighbours, which keeps edges.")
        @Default("1")
        @Range(min = 0, max = 1e6)
        double gradient,

        @Doc("Factor of the latents' divergence from a standard normal, summed over a picture's latents.")
        @Default("1e-6")
        @Range(min = 0, max = 1e6)
        double divergence,

        @Doc("Sizes of the autoencoder when its weights are random; those of the UNet do not count.") @Default("{}")
        Architecture architecture) {}
