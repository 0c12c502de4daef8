package io.iedp.pretraining;

import io.iedp.api.UserException;
import io.iedp.backbone.PublishedWeights;
import io.iedp.conditioning.TextModel;
import io.iedp.nn.ConfigFile;
import io.iedp.nn.files.StoredSource;
import io.iedp.nn.files.WeightFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A whole Stable Diffusion as it is published: a folder in diffusers' layout, or a single file of CompVis' code.
 *
 * @param weights the folder or file
 * @param tokenizer a folder; without it, the tokenizer is in the folder of the weights
 */
public record PublishedModel(Path weights, Optional<Path> tokenizer) {
    private static final String WHOLE =
            "It must be a whole Stable Diffusion: a diffusers folder with unet/, vae/, text_encoder/ and tokenizer/, or a single file, .safetensors or .ckpt, with the folder of its tokenizer.";

    /** What single files do not tell, as all of them have it. */
    private static final int HEADS = 8;

    private static final int GROUPS = 32;

    /** Where single files have their text encoder. */
    private static final String TEXT = "cond_stage_model.";

    /**
     * @throws UserException if a part is not there
     */
    public PublishedModel {
        if (!Files.exists(weights)) {
            throw new UserException("There is no %s. %s".formatted(weights, WHOLE));
        }
        if (Files.isDirectory(weights)) {
            for (String part : List.of("unet", "vae", "text_encoder")) {
                require(weights, part, Files.isRegularFile(weights.resolve(part).resolve("config.json")));
            }
            require(weights, "tokenizer", tokenizer.isPresent() || Files.isDirectory(weights.resolve("tokenizer")));
        }
    }

    private static void require(Path weights, String part, boolean isThere) {
        if (!isThere) {
            throw new UserException("%s has no %s/ of a model in it. %s".formatted(weights, part, WHOLE));
        }
    }

    /** How its noise was scheduled, and what samples it best: its own file, or Stable Diffusion's. */
    public ConfigFile scheduler() {
        Path file = weights.resolve("scheduler").resolve("scheduler_config.json");
        return Files.isRegularFile(file)
                ? ConfigFile.read(file)
                : SamplerConfig.stableDiffusion("the schedule of Stable Diffusion, since there is no " + file);
    }

    /** UNet and autoencoder. */
    PublishedWeights networks() {
        return PublishedWeights.open(weights, HEADS, GROUPS);
    }

    /**
     * The text encoder.
     *
     * @param user the component that wants it, for messages
     */
    public TextModel text(String user) {
        if (Files.isRegularFile(weights)) {
            try (StoredSource file = WeightFiles.open(weights)) {
                if (file.names().stream().noneMatch(name -> name.startsWith(TEXT))) {
                    throw new UserException("%s has no text encoder: none of its %s arrays is under '%s'. %s"
                            .formatted(weights, file.names().size(), TEXT, WHOLE));
                }
            }
        }
        return new TextModel(user, weights, tokenizer, Optional.empty());
    }
}
