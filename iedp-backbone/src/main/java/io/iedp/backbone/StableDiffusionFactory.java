package io.iedp.backbone;

import io.iedp.api.UserException;
import io.iedp.api.backbone.Backbone;
import io.iedp.api.backbone.BackboneContext;
import io.iedp.api.backbone.BackboneFactory;
import io.iedp.api.nn.Weights;
import io.iedp.nn.Layers;
import io.iedp.nn.StochasticDepth;
import java.util.List;
import java.util.stream.IntStream;

/** Makes the backbone {@code stable-diffusion}. */
final class StableDiffusionFactory implements BackboneFactory<StableDiffusionConfig> {
    @Override
    public String type() {
        return "stable-diffusion";
    }

    @Override
    public Class<StableDiffusionConfig> configuration() {
        return StableDiffusionConfig.class;
    }

    @Override
    public String description() {
        return "Stable Diffusion's VAE encoder and UNet; the features are the UNet's states on its way up.";
    }

    @Override
    public Backbone create(StableDiffusionConfig configuration, BackboneContext context) {
        StableDiffusionConfig.Train train = configuration.train();
        Weights vaeWeights = trained(context.weights().scope("vae"), train == StableDiffusionConfig.Train.ALL);
        Weights unetWeights = trained(context.weights().scope("unet"), train != StableDiffusionConfig.Train.NONE);
        if (configuration.weights().isEmpty()) {
            VaeConfig vaeConfig = configuration.architecture().vae();
            UnetConfig unetConfig = configuration.architecture().unet();
            VaeEncoder vae = new VaeEncoder(new Layers(vaeWeights, context.kernels()), vaeConfig);
            List<Integer> taps = taps(configuration, unetConfig);
            Unet unet = unet(new Layers(unetWeights, context.kernels()), unetConfig, taps, configuration);
            return backbone(configuration, vae, vaeConfig, unet, unetConfig, taps);
        }
        StableDiffusionConfig.Architecture known = configuration.architecture();
        try (PublishedWeights published =
                PublishedWeights.open(configuration.weights().get().path(), known.heads(), known.groups())) {
            VaeConfig vaeConfig = VaeConfig.parse(published.vaeConfig());
            UnetConfig unetConfig = UnetConfig.parse(published.unetConfig());
            if (unetConfig.inChannels() != vaeConfig.latentChannels()) {
                throw new UserException(
                        "backbone.weights: the UNet takes %s channels, but the autoencoder makes %s. A model for inpainting, depth or upscaling takes more than the picture and cannot be a backbone."
                                .formatted(unetConfig.inChannels(), vaeConfig.latentChannels()));
            }
            VaeEncoder vae = Layers.load(
                    published.vaeEncoder(), vaeWeights, context.kernels(), layers -> new VaeEncoder(layers, vaeConfig));
            List<Integer> taps = taps(configuration, unetConfig);
            Unet unet = Layers.load(
                    published.unetFeatures(),
                    unetWeights,
                    context.kernels(),
                    layers -> unet(layers, unetConfig, taps, configuration));
            return backbone(configuration, vae, vaeConfig, unet, unetConfig, taps);
        }
    }

    private static Unet unet(
            Layers layers, UnetConfig config, List<Integer> taps, StableDiffusionConfig configuration) {
        return new Unet(
                layers,
                config,
                taps,
                configuration.gradientCheckpointing(),
                new StochasticDepth(configuration.stochasticDepth()));
    }

    private static Backbone backbone(
            StableDiffusionConfig configuration,
            VaeEncoder vae,
            VaeConfig vaeConfig,
            Unet unet,
            UnetConfig unetConfig,
            List<Integer> taps) {
        return new StableDiffusion(
                vae,
                vaeConfig,
                unet,
                unetConfig,
                taps,
                configuration.timestep(),
                configuration.latentScale().orElse(vaeConfig.latentScale()),
                configuration.train() != StableDiffusionConfig.Train.ALL);
    }

    private static List<Integer> taps(StableDiffusionConfig configuration, UnetConfig config) {
        List<Integer> taps = configuration.taps().orElseGet(config::standardTaps);
        boolean ordered = IntStream.range(1, taps.size()).allMatch(i -> taps.get(i - 1) < taps.get(i));
        if (!ordered || taps.get(taps.size() - 1) >= config.upBlocks()) {
            throw new UserException("backbone.taps must be ascending and below %s, the blocks of this UNet's way up: %s"
                    .formatted(config.upBlocks(), taps));
        }
        return taps;
    }

    private static Weights trained(Weights weights, boolean trained) {
        return trained ? weights : weights.frozen();
    }
}
