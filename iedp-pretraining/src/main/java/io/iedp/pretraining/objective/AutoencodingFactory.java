package io.iedp.pretraining.objective;

import io.iedp.api.objective.ObjectiveContext;
import io.iedp.api.objective.TrainingObjective;
import io.iedp.api.objective.TrainingObjectiveFactory;
import io.iedp.backbone.PublishedWeights;
import io.iedp.backbone.VaeConfig;
import io.iedp.nn.Layers;

/** Makes the objective {@code autoencoding}. */
public final class AutoencodingFactory implements TrainingObjectiveFactory<AutoencodingConfig> {
    @Override
    public String type() {
        return "autoencoding";
    }

    @Override
    public Class<AutoencodingConfig> configuration() {
        return AutoencodingConfig.class;
    }

    @Override
    public String description() {
        return "Trains Stable Diffusion's autoencoder to give pictures back from their latents.";
    }

    @Override
    public TrainingObjective create(AutoencodingConfig configuration, ObjectiveContext context) {
        NamedArrays parameters = new NamedArrays(context.weights());
        if (configuration.weights().isEmpty()) {
            VaeConfig config = configuration.architecture().vae();
            Autoencoder model = new Autoencoder(new Layers(parameters, context.kernels()), config);
            return new Autoencoding(configuration, config, model, parameters, context.weights());
        }
        try (PublishedWeights published = PublishedWeights.open(
                configuration.weights().get().path(),
                configuration.architecture().heads(),
                configuration.architecture().groups())) {
            VaeConfig config = VaeConfig.parse(published.vaeConfig());
            Autoencoder model = Layers.load(
                    published.vae(), parameters, context.kernels(), layers -> new Autoencoder(layers, config));
            return new Autoencoding(configuration, config, model, parameters, context.weights());
        }
    }
}
