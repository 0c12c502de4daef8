package io.iedp.pretraining.objective;

import com.google.gson.JsonObject;
import io.iedp.api.UserException;
import io.iedp.api.data.SampleCheck;
import io.iedp.api.nn.WeightsPath;
import io.iedp.api.objective.ObjectiveContext;
import io.iedp.api.objective.TrainingObjective;
import io.iedp.api.objective.TrainingObjectiveFactory;
import io.iedp.backbone.DiffusersFolder;
import io.iedp.backbone.PublishedWeights;
import io.iedp.backbone.UnetConfig;
import io.iedp.backbone.VaeConfig;
import io.iedp.conditioning.TextEncoder;
import io.iedp.conditioning.TextModel;
import io.iedp.nn.ConfigFile;
import io.iedp.nn.Layers;
import io.iedp.nn.files.StoredSource;
import io.iedp.pretraining.NoisePredictor;
import io.iedp.pretraining.PublishedModel;
import io.iedp.pretraining.SamplerConfig;
import java.nio.file.Path;
import java.util.Optional;

/** Makes the objective {@code denoising}. */
public final class DenoisingFactory implements TrainingObjectiveFactory<DenoisingConfig> {
    @Override
    public String type() {
        return "denoising";
    }

    @Override
    public Class<DenoisingConfig> configuration() {
        return DenoisingConfig.class;
    }

    @Override
    public String description() {
        return "Trains Stable Diffusion's UNet to take noise out of latents, told what the picture shows.";
    }

    @Override
    public SampleCheck check(DenoisingConfig configuration) {
        return ContrastiveFactory.captioned(type());
    }

    @Override
    public TrainingObjective create(DenoisingConfig configuration, ObjectiveContext context) {
        NamedArrays text = new NamedArrays(
                context.weights().scope("text_encoder.text_model").frozen());
        TextEncoder encoder = text(configuration).load(text, context.kernels());
        NamedArrays vae = new NamedArrays(context.weights().scope("vae").frozen());
        NamedArrays unet = new NamedArrays(context.weights().scope("unet"));
        Frozen frozen;
        if (configuration.vae().isPresent()) {
            Path folder = configuration.vae().get().path().resolve("vae");
            try (StoredSource source = DiffusersFolder.vae(folder)) {
                frozen = frozen(DiffusersFolder.config(folder), source, vae, encoder, text, context);
            }
        } else {
            try (PublishedWeights whole = whole(configuration)) {
                frozen = frozen(whole.vaeConfig(), whole.vae(), vae, encoder, text, context);
            }
        }
        return new DenoisingObjective(
                configuration,
                check(configuration),
                schedule(configuration),
                predictor(configuration, frozen, unet, context),
                frozen,
                context);
    }

    private TextModel text(DenoisingConfig configuration) {
        return configuration
                .text()
                .map(weights -> new TextModel(type(), weights.path(), tokenizer(configuration), Optional.empty()))
                .orElseGet(() -> new PublishedModel(
                                configuration.weights().orElseThrow().path(), tokenizer(configuration))
                        .text(type()));
    }

    private static Optional<Path> tokenizer(DenoisingConfig configuration) {
        return configuration.tokenizer().map(WeightsPath::path);
    }

    private static PublishedWeights whole(DenoisingConfig configuration) {
        return PublishedWeights.open(
                configuration.weights().orElseThrow().path(),
                configuration.architecture().heads(),
                configuration.architecture().groups());
    }

    private static Frozen frozen(
            ConfigFile file,
            StoredSource source,
            NamedArrays parameters,
            TextEncoder encoder,
            NamedArrays text,
            ObjectiveContext context) {
        VaeConfig config = VaeConfig.parse(file);
        Autoencoder autoencoder =
                Layers.load(source, parameters, context.kernels(), layers -> new Autoencoder(layers, config));
        return new Frozen(autoencoder, config, parameters, encoder, text);
    }

    private static DenoisingObjective.Trained predictor(
            DenoisingConfig configuration, Frozen frozen, NamedArrays parameters, ObjectiveContext context) {
        boolean checkpointing = configuration.gradientCheckpointing();
        if (configuration.weights().isEmpty()) {
            UnetConfig config = configuration.architecture().unet();
            frozen.check(config);
            return new DenoisingObjective.Trained(
                    new NoisePredictor(new Layers(parameters, context.kernels()), config, checkpointing),
                    config,
                    parameters);
        }
        try (PublishedWeights whole = whole(configuration)) {
            UnetConfig config = UnetConfig.parse(whole.unetConfig());
            frozen.check(config);
            NoisePredictor predictor = Layers.load(
                    whole.unet(),
                    parameters,
                    context.kernels(),
                    layers -> new NoisePredictor(layers, config, checkpointing));
            return new DenoisingObjective.Trained(predictor, config, parameters);
        }
    }

    /** As scheduler_config.json has it. */
    private static ConfigFile schedule(DenoisingConfig configuration) {
        ConfigFile known = configuration
                .weights()
                .map(WeightsPath::path)
                .map(weights -> new PublishedModel(
                                weights, tokenizer(configuration).or(() -> Optional.of(weights)))
                        .scheduler())
                .orElseGet(() -> noise(configuration.noise()));
        JsonObject json = known.json().deepCopy();
        configuration.prediction().ifPresent(each -> json.addProperty("prediction_type", each.published()));
        return new ConfigFile(json, known.description());
    }

    private static ConfigFile noise(DenoisingConfig.Noise noise) {
        if (noise.first() > noise.last()) {
            throw new UserException("denoising: noise.first is %s, but noise.last %s; the noise must not fall"
                    .formatted(noise.first(), noise.last()));
        }
        JsonObject json = SamplerConfig.stableDiffusion("objective.noise").json();
        json.addProperty("_class_name", "DDIMScheduler");
        json.addProperty("num_train_timesteps", noise.timesteps());
        json.addProperty("beta_start", noise.first());
        json.addProperty("beta_end", noise.last());
        return new ConfigFile(json, "objective.noise");
    }
}
