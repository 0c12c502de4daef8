package io.iedp.backbone;

import io.iedp.api.backbone.Backbone;
import io.iedp.api.backbone.BackboneContext;
import io.iedp.api.backbone.BackboneFactory;
import io.iedp.api.nn.WeightSource;
import io.iedp.api.nn.Weights;
import io.iedp.nn.Layers;
import java.nio.file.Path;
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
        VaeConfig vaeConfig = configuration
                .weights()
                .map(folder -> VaeConfig.parse(DiffusersFolder.config(folder.resolve("vae"))))
                .orElseGet(configuration.architecture()::vae);
        UnetConfig unetConfig = configuration
                .weights()
                .map(folder -> UnetConfig.parse(DiffusersFolder.config(folder.resolve("unet"))))
                .orElseGet(configuration.architecture()::unet);
        VaeEncoder vae;
        Unet unet;
        if (configuration.weights().isPresent()) {
            Path folder = configuration.weights().get();
            vae = load(DiffusersFolder.vae(folder.resolve("vae")), vaeWeights, context, vaeConfig, VaeEncoder::new);
            unet = load(DiffusersFolder.unet(folder.resolve("unet")), unetWeights, context, unetConfig, Unet::new);
        } else {
            vae = new VaeEncoder(new Layers(vaeWeights, context.kernels()), vaeConfig);
            unet = new Unet(new Layers(unetWeights, context.kernels()), unetConfig);
        }
        return new StableDiffusion(
                vae, vaeConfig, unet, unetConfig, configuration.timestep(), configuration.latentScale());
    }

    private static Weights trained(Weights weights, boolean trained) {
        return trained ? weights : weights.frozen();
    }

    private static <C, M> M load(
            WeightSource source, Weights weights, BackboneContext context, C config, BiFunction<Layers, C, M> model) {
        try (source) {
            Weights loading = weights.from(source);
            M made = model.apply(new Layers(loading, context.kernels()), config);
            loading.finish();
            return made;
        }
    }
}
