package io.iedp.backbone;

import io.iedp.api.UserException;
import io.iedp.api.backbone.Backbone;
import io.iedp.api.backbone.BackboneContext;
import io.iedp.api.backbone.BackboneFactory;
import io.iedp.api.nn.WeightSource;
import io.iedp.api.nn.Weights;
import io.iedp.nn.Layers;
import java.util.function.BiFunction;

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
            Unet unet = new Unet(new Layers(unetWeights, context.kernels()), unetConfig);
            return backbone(configuration, vae, vaeConfig, unet, unetConfig);
        }
        StableDiffusionConfig.Architecture known = configuration.architecture();
        try (PublishedWeights published =
                PublishedWeights.open(configuration.weights().get(), known.heads(), known.groups())) {
            VaeConfig vaeConfig = VaeConfig.parse(published.vaeConfig());
            UnetConfig unetConfig = UnetConfig.parse(published.unetConfig());
            if (unetConfig.inChannels() != vaeConfig.latentChannels()) {
                throw new UserException(
                        "backbone.weights: the UNet takes %d channels, but the autoencoder makes %d. A model for inpainting, depth or upscaling takes more than the picture and cannot be a backbone."
                                .formatted(unetConfig.inChannels(), vaeConfig.latentChannels()));
            }
            VaeEncoder vae = load(published.vaeEncoder(), vaeWeights, context, vaeConfig, VaeEncoder::new);
            Unet unet = load(published.unetFeatures(), unetWeights, context, unetConfig, Unet::new);
            return backbone(configuration, vae, vaeConfig, unet, unetConfig);
        }
    }

    private static Backbone backbone(
            StableDiffusionConfig configuration,
            VaeEncoder vae,
            VaeConfig vaeConfig,
            Unet unet,
            UnetConfig unetConfig) {
        return new StableDiffusion(
                vae, vaeConfig, unet, unetConfig, configuration.timestep(), configuration.latentScale());
    }

    private static Weights trained(Weights weights, boolean trained) {
        return trained ? weights : weights.frozen();
    }

    private static <C, M> M load(
            WeightSource source, Weights weights, BackboneContext context, C config, BiFunction<Layers, C, M> model) {
        Weights loading = weights.from(source);
        M made = model.apply(new Layers(loading, context.kernels()), config);
        loading.finish();
        return made;
    }
}
