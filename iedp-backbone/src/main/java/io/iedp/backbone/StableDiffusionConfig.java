package io.iedp.backbone;

import io.iedp.api.config.Default;
import io.iedp.api.config.Doc;
import io.iedp.api.config.NotEmpty;
import io.iedp.api.config.Range;
import io.iedp.api.config.WeightParts;
import io.iedp.api.nn.WeightsPath;
import java.util.List;
import java.util.Optional;

/** What an experiment file says about the backbone {@code stable-diffusion}. */
public record StableDiffusionConfig(
        @Doc("A diffusers folder with unet/ and vae/, or a single .safetensors or .ckpt file; without it, the weights "
                + "are random.")
        @WeightParts({"unet", "vae"})
        Optional<WeightsPath> weights,

        @Doc("The timestep that the UNet is told, of 1000; VPD's code uses 1.") @Default("0") @Range(min = 0, max = 999)
        double timestep,

        @Doc(
                "Factor of the latents; VPD uses 1. Without it, the one that the weights were trained with: the scaling_factor "
                        + "of vae/config.json, or Stable Diffusion's 0.18215.")
        @Range(min = 1e-6, max = 1e6)
        Optional<Double> latentScale,

        @Doc("The blocks of the UNet's way up whose states are the features, counted from the coarsest; without it, "
                + "one of each level: 1, 4, 7 and 11 of Stable Diffusion, as VPD has it.")
        @NotEmpty
        @Range(min = 0, max = 255)
        Optional<List<Integer>> taps,

        @Doc("Which part is trained: the unet, all (the VAE's encoder too) or none.") @Default("unet")
        Train train,

        @Doc(
                "Whether the insides of the UNet's blocks are computed again in the backward pass instead of kept: much less "
                        + "memory, for the time of one more forward pass.")
        @Default("false")
        boolean gradientCheckpointing,

        @Doc(
                "Share of the samples that each of the UNet's transformers is passed over for in training, at random; VPD's "
                        + "recipes have 0.")
        @Default("0")
        @Range(min = 0, max = 0.99)
        double stochasticDepth,

        @Doc(
                "Sizes of the model when its weights are random. Of a single file, only heads (those of Stable Diffusion 2 "
                        + "are known) and groups count: its shapes tell the rest.")
        @Default("{}")
        Architecture architecture) {

    /** Which part is trained. */
    public enum Train {
        UNET,
        ALL,
        NONE
    }

    /** Sizes of a model; the defaults are those of Stable Diffusion 1.5. */
    public record Architecture(
            @Doc("Channels of the UNet's levels, fine to coarse.")
            @Default("[320, 640, 1280, 1280]")
            @NotEmpty
            @Range(min = 1, max = 65536)
            List<Integer> channels,

            @Doc("The coarsest levels of the UNet that have no attention.") @Default("1") @Range(min = 0, max = 16)
            int plainLevels,

            @Doc("Attention heads of each level.") @Default("8") @Range(min = 1, max = 1024)
            int heads,

            @Doc("Residual blocks a level on the UNet's way down.") @Default("2") @Range(min = 1, max = 16)
            int layers,

            @Doc("Width of the guidance embeddings.") @Default("768") @Range(min = 1, max = 65536)
            int contextWidth,

            @Doc("Groups of the normalizations.") @Default("32") @Range(min = 1, max = 4096)
            int groups,

            @Doc("Channels of the VAE's levels, fine to coarse; each but the last halves the picture.")
            @Default("[128, 256, 512, 512]")
            @NotEmpty
            @Range(min = 1, max = 65536)
            List<Integer> vaeChannels,

            @Doc("Residual blocks a level of the VAE's encoder.") @Default("2") @Range(min = 1, max = 16)
            int vaeLayers,

            @Doc("Channels of the latents.") @Default("4") @Range(min = 1, max = 4096)
            int latentChannels) {
        public Architecture {
            channels = List.copyOf(channels);
            vaeChannels = List.copyOf(vaeChannels);
            UnetConfig.of(channels, plainLevels, heads, layers, contextWidth, groups, latentChannels);
            new VaeConfig(vaeChannels, vaeLayers, latentChannels, groups, VaeConfig.STABLE_DIFFUSION_SCALE);
        }

        /** The UNet of these sizes. */
        public UnetConfig unet() {
            return UnetConfig.of(channels, plainLevels, heads, layers, contextWidth, groups, latentChannels);
        }

        /** The autoencoder of these sizes. */
        public VaeConfig vae() {
            return new VaeConfig(vaeChannels, vaeLayers, latentChannels, groups, VaeConfig.STABLE_DIFFUSION_SCALE);
        }
    }
}
